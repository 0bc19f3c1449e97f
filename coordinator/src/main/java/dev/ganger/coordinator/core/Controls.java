package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import java.util.List;

/** Decides what people ask of the whole: close and open, STOP, cursors. */
final class Controls {
    private final State state;

    Controls(State state) {
        this.state = state;
    }

    Decision<Done> close() {
        return state.open() ? Decision.accepted(Done.DONE, new Event.Closed()) : Decision.accepted(Done.DONE);
    }

    Decision<Done> open() {
        return state.open() ? Decision.accepted(Done.DONE) : Decision.accepted(Done.DONE, new Event.Opened());
    }

    Decision<Done> stop(Command.Stop stop, Time time) {
        var requested = new Event.StopRequested(state.nextJob() - 1, time.at());
        return stop.now()
                ? Decision.accepted(Done.DONE, requested, new Event.StopReleased(agentsToStop(), true, time.at()))
                : Decision.accepted(Done.DONE, requested);
    }

    private List<AgentId> agentsToStop() {
        return state.fleet().all().stream().map(AgentRecord::id).toList();
    }

    Decision<Done> moveCursor(Command.MoveCursor move) {
        if (move.next() < 1 || move.next() > state.nextPosition()) {
            return Decision.rejected(Kind.INVALID, "a cursor goes from 1 to %d, the end of the done queue, not to %d"
                    .formatted(state.nextPosition(), move.next()));
        }
        return move.next() == state.cursor(move.consumer())
                ? Decision.accepted(Done.DONE)
                : Decision.accepted(Done.DONE, new Event.CursorMoved(move.consumer(), move.next()));
    }

    // ---- what happens by itself

    /** STOP goes out when all that was accepted before it is final. */
    void releaseStop(Findings found, Time time) {
        var stop = state.stop();
        if (stop != null && state.jobs().unfinishedUpTo(stop.behind()).isEmpty()) {
            found.add(new Event.StopReleased(
                    agentsToStop().stream().filter(agent -> !state.fleet().isStopping(agent)).toList(), false, time.at()));
        }
    }
}
