package dev.ganger.coordinator.api;

import dev.ganger.coordinator.api.Attack.Result;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.AttemptId;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.util.List;

import static dev.ganger.coordinator.api.Attack.otherwise;
import static dev.ganger.coordinator.api.Attack.refused;
import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.spec;

/** An agent that has joined, and turns against others. */
final class AgentAttacks {
    private static final String NOTHING = "it is kept as late; the result is that of the agent that has the attempt";

    private AgentAttacks() {}

    static List<Attack> all() {
        return List.of(
                refused("an agent under another's name", Code.PERMISSION_DENIED, "this connection is that of agent 'sly'",
                        target -> attach(target, "victim", 31, 31)),
                refused("an agent under another's installation", Code.PERMISSION_DENIED, "which cannot attach as 'sly'",
                        target -> attach(target, "sly", 32, 33)),
                otherwise("an agent's report on another's attempt", NOTHING, AgentAttacks::report),
                refused("an agent's output for another's attempt", Code.PERMISSION_DENIED,
                        "an agent writes only its own output", AgentAttacks::upload));
    }

    private static Result attach(GuardedCoordinator target, String name, int own, int shown) {
        var agent = new ScriptedAgent(target.open(target.agent("sly", ScriptedAgent.instance(own))));
        agent.say(ScriptedAgent.hello(name, ScriptedAgent.instance(shown), 1));
        return Result.of(agent.end());
    }

    /** An agent with an attempt, and the connection of another. */
    private record Scene(long job, ScriptedAgent owner, AttemptId attempt, Channel sly) {
        static Scene on(GuardedCoordinator target, int number) {
            var instance = ScriptedAgent.instance(number);
            var connection = target.open(target.agent("victim-" + number, instance));
            var owner = ScriptedAgent.attached(connection, "victim-" + number, instance);
            var only = spec("true").toBuilder().setAgent("victim-" + number).build();
            var job = target.client.submitted(array(only, 1));
            owner.pull(0, 1);
            return new Scene(job, owner, ScriptedAgent.attempts(owner.grant()).getFirst(),
                    target.open(target.agent("sly-" + number, ScriptedAgent.instance(number + 1))));
        }
    }

    private static Result report(GuardedCoordinator target) {
        var scene = Scene.on(target, 34);
        var sly = ScriptedAgent.attached(scene.sly, "sly-34", ScriptedAgent.instance(35));
        sly.reportExit(scene.attempt, 1, "stolen");
        sly.hear(AttachResponse::hasRecorded);
        scene.owner.reportExit(scene.attempt, 0, "mine");
        var result = target.client.results(scene.job).getFirst();
        return new Result.Otherwise(result.getAgent().equals("victim-34")
                && result.getRun().getStdout().getInline().toStringUtf8().equals("mine") ? NOTHING : result.toString());
    }

    private static Result upload(GuardedCoordinator target) {
        var scene = Scene.on(target, 36);
        var sly = new ScriptedUpload(scene.sly);
        sly.out(scene.attempt, 0, "stolen");
        var end = sly.end();
        scene.owner.reportExit(scene.attempt, 0, "mine");
        scene.owner.hear(AttachResponse::hasRecorded);
        return Result.of(end);
    }
}
