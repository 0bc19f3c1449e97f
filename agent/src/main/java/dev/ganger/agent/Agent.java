package dev.ganger.agent;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.AgentCore;
import dev.ganger.agent.core.Input;
import dev.ganger.agent.core.Moment;
import dev.ganger.agent.link.Identity;
import dev.ganger.agent.link.Link;
import dev.ganger.agent.link.Refusal;
import dev.ganger.agent.output.Output;
import dev.ganger.agent.task.TaskRunner;
import dev.ganger.model.AttemptId;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Channels;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker, put together: one thread hears everything, asks the core, and does what it says. */
final class Agent implements AutoCloseable {
    /** What can be heard before it is dealt with: bounded by what was granted and what is said about it. */
    private static final int INPUTS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>(INPUTS);
    private final AgentCore core;
    private final TaskRunner runner;
    private final Output output;
    private final Link link;
    private final @Nullable Renewal renewal;
    private final List<Action.Over> keeps = new ArrayList<>();
    private final List<AttemptId> forgets = new ArrayList<>();
    private volatile @Nullable Refusal refusal;
    private boolean leaving;

    /** Ends what a former life left running, then takes up what that kept. */
    Agent(AgentSettings settings, Identity identity, AgentFolder folder, Trust trust) throws IOException {
        var coordinator = settings.coordinator();
        this.runner = new TaskRunner(identity.id().name(), folder.tasks(), this::hear);
        this.output = Output.open(folder.spool(), settings.spoolLimit(),
                Channels.open(coordinator, trust), this::hear,
                runner::readOutput);
        this.core = new AgentCore(identity.slots(), settings.drainTimeout(), output.takeKept());
        this.link = new Link(Channels.open(coordinator, trust), coordinator, identity, this::hear, doubts());
        this.renewal = trust instanceof Trust.Mutual(var key)
                ? new Renewal(coordinator, key, folder.credentials(), this::introduceAnew, why -> refuse(new Refusal(why, false)))
                : null;
    }

    private Link.Doubts doubts() {
        return new Link.Doubts() {
            @Override
            public void refused(Refusal refusal) {
                refuse(refusal);
            }

            @Override
            public void notKnown() {
                if (renewal != null) {
                    renewal.hurry();
                }
            }
        };
    }

    private void introduceAnew() {
        output.introduceAnew();
        link.introduceAnew();
    }

    /** From any thread. */
    void hear(Input input) {
        if (!inputs.offer(input)) {
            throw new AssertionError(INPUTS + " inputs wait: the agent does not keep up");
        }
    }

    private void refuse(Refusal why) {
        refusal = why;
        hear(new Input.EndNow());
    }

    /** Works until the agent may leave; why the coordinator does not want it, or null. */
    @Nullable
    Refusal run() throws InterruptedException {
        var batch = new ArrayList<Input>();
        batch.add(new Input.Tick());
        while (!leaving) {
            for (var input : batch) {
                if (input instanceof Input.Ended ended) {
                    runner.forget(ended.attempt());
                }
                perform(core.hear(input, now()));
            }
            record();
            perform(core.flush(now()));
            batch.clear();
            collect(batch);
        }
        return refusal;
    }

    private void collect(List<Input> batch) throws InterruptedException {
        if (leaving) {
            return;
        }
        var first = inputs.poll(core.millisUntilDue(now().now()), TimeUnit.MILLISECONDS);
        batch.add(first == null ? new Input.Tick() : first);
        inputs.drainTo(batch);
    }

    /** Before anything is reported: what was heard in one turn, in one write. */
    private void record() {
        if (!keeps.isEmpty() || !forgets.isEmpty()) {
            output.record(keeps, forgets);
            keeps.clear();
            forgets.clear();
        }
    }

    private void perform(List<Action> actions) {
        for (var action : actions) {
            switch (action) {
                case Action.Connect() -> link.connect();
                case Action.Disconnect() -> disconnect();
                case Action.Say words -> link.say(words);
                case Action.Start(var assignment) ->
                    runner.start(assignment, output.of(assignment.attempt(), assignment.spec()));
                case Action.End(var attempt) -> runner.end(attempt);
                case Action.LosePatience() ->
                    LOG.info("this drain has taken as long as --drain-timeout allows: ending what runs; "
                            + "it goes back to the queue");
                case Action.Keep(var over) -> keeps.add(over);
                case Action.Forget(var attempt) -> forgets.add(attempt);
                case Action.Leave() -> leaving = true;
            }
        }
    }

    /** What is silent for the stream is not trusted with output either. */
    private void disconnect() {
        if (link.disconnect()) {
            output.connectAnew();
        }
    }

    private static Moment now() {
        return new Moment(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), Instant.now());
    }

    @Override
    public void close() {
        if (renewal != null) {
            renewal.close();
        }
        runner.close();
        link.close();
        output.close();
    }
}
