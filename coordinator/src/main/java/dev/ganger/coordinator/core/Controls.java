package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import java.util.List;

/** Decides what people ask of the whole: close and open, STOP, cursors. */
final class Controls {
    private final State state;
    private final Stranded stranded;

    Controls(State state) {
        this.state = state;
        this.stranded = new Stranded(state);
    }

    Decision<Done> close() {
        return state.open() ? Decision.accepted(Done.DONE, new Event.Closed()) : Decision.accepted(Done.DONE);
    }

    Decision<Done> open() {
        return state.open() ? Decision.accepted(Done.DONE) : Decision.accepted(Done.DONE, new Event.Opened());
    }

    Decision<Done> stop(Command.Stop stop, Time time) {
        var requested = new Event.StopRequested(state.nextJob() - 1, stop.skip(), time.at());
        if (stop.now()) {
            return Decision.accepted(Done.DONE, requested, new Event.StopReleased(agentsToStop(), true, time.at()));
        }
        var obstacle = stop.skip() ? null : stranded.sentence(requested.behind());
        return obstacle == null ? Decision.accepted(Done.DONE, requested) : Decision.rejected(Kind.NOT_NOW, obstacle);
    }

    private List<AgentId> agentsToStop() {
        return state.fleet().all().stream().map(AgentRecord::id).toList();
    }

    Decision<Done> moveCursor(Command.MoveCursor move) {
        if (move.next() < 1 || move.next() > state.nextPosition()) {
            return Decision.rejected(Kind.INVALID, "the next result has position %d; a consumer cannot read on from position %d"
                    .formatted(state.nextPosition(), move.next()));
        }
        return move.next() == state.cursor(move.consumer())
                ? Decision.accepted(Done.DONE)
                : Decision.accepted(Done.DONE, new Event.CursorMoved(move.consumer(), move.next()));
    }

    // ---- what happens by itself

    /** STOP goes out when all that was accepted before it is final, or is skipped as it stands now. */
    void releaseStop(Findings found, Time time) {
        var stop = state.stop();
        if (stop != null && stranded.maySend(stop)) {
            found.add(new Event.StopReleased(
                    agentsToStop().stream().filter(agent -> !state.fleet().isStopping(agent)).toList(), false, time.at()));
        }
    }
}
