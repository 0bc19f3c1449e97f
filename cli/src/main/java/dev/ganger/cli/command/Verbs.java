package dev.ganger.cli.command;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All there is to ask for, in the groups that 'ganger' alone prints. */
final class Verbs {
    static final List<Group> GROUPS = List.of(
            new Group("Try it", List.of(
                    new Entry("demo", "", "the whole system on this machine, for a minute", DemoCommand::new))),
            new Group("Give it work", List.of(
                    new Entry("submit", "COMMAND…", "queue a job, print its id", SubmitCommand::new),
                    new Entry("run", "COMMAND…", "queue a job, print its output, exit as it did", RunCommand::new))),
            new Group("Look", List.of(
                    new Entry("status", "", "queues, jobs, agents, throughput", StatusCommand::new),
                    new Entry("jobs", "", "the jobs", JobsCommand::new),
                    new Entry("tasks", "JOB", "the tasks of a job, by state", TasksCommand::new),
                    new Entry("show", "JOB|TASK", "everything about one, attempts included", ShowCommand::new),
                    new Entry("why", "JOB|TASK", "why it waits, runs where it runs, failed", WhyCommand::new))),
            new Group("Collect", List.of(
                    new Entry("wait", "JOB|TASK", "wait until they are finished", WaitCommand::new),
                    new Entry("logs", "JOB|TASK", "what tasks write, live with -f", LogsCommand::new),
                    new Entry("results", "[JOB…]", "the done queue: read, follow, take one by one", ResultsCommand::new))),
            new Group("Control", List.of(
                    new Entry("cancel", "JOB|TASK", "cancel what is not finished", CancelCommand::new),
                    new Entry("retry", "JOB|TASK", "run again what did not succeed", RetryCommand::new),
                    new Entry("hold", "JOB|TASK", "let nothing more of it start", HoldCommand::new),
                    new Entry("release", "JOB|TASK", "let what is held go", ReleaseCommand::new),
                    new Entry("forget", "JOB", "forget finished jobs and their output", ForgetCommand::new),
                    new Entry("close", "", "accept no more jobs", CloseCommand::new),
                    new Entry("open", "", "accept jobs again", OpenCommand::new),
                    new Entry("stop", "", "end the agents when the queue is empty, or now", StopCommand::new))),
            new Group("Fleet", List.of(
                    new Entry("agents", "", "the agents", AgentsCommand::new),
                    new Entry("agent show", "NAME", "everything about one", AgentShowCommand::new),
                    new Entry("agent drain", "NAME", "give it no more tasks", AgentDrainCommand::new),
                    new Entry("agent resume", "NAME", "give it tasks again", AgentResumeCommand::new),
                    new Entry("agent stop", "NAME", "end it when its tasks are done", AgentStopCommand::new),
                    new Entry("agent gone", "NAME", "its machine is no more", AgentGoneCommand::new),
                    new Entry("agent remove", "NAME", "it may never come back", AgentRemoveCommand::new))),
            new Group("Install", List.of(
                    new Entry("coordinator install", "", "the coordinator as a service of this machine",
                            CoordinatorInstallCommand::new),
                    new Entry("coordinator uninstall", "", "take it away", CoordinatorUninstallCommand::new),
                    new Entry("agent install", "HOST…", "agents as services of machines, over ssh", AgentInstallCommand::new),
                    new Entry("agent uninstall", "HOST…", "take them away", AgentUninstallCommand::new))),
            new Group("Access", List.of(
                    new Entry("token create agent", "", "a token that lets agents join", TokenCreateAgentCommand::new),
                    new Entry("token create user", "NAME", "a token that lets a user log in", TokenCreateUserCommand::new),
                    new Entry("token list", "", "the tokens", TokenListCommand::new),
                    new Entry("token revoke", "TOKEN", "nobody joins with it any more", TokenRevokeCommand::new),
                    new Entry("users", "", "who has logged in", UsersCommand::new),
                    new Entry("user remove", "NAME", "end what a user may do", UserRemoveCommand::new),
                    new Entry("login", "TOKEN", "be somebody at a coordinator", LoginCommand::new),
                    new Entry("context list", "", "the coordinators that you know", ContextListCommand::new),
                    new Entry("context use", "CONTEXT", "which of them is meant from now on", ContextUseCommand::new),
                    new Entry("context remove", "CONTEXT", "be nobody there any more", ContextRemoveCommand::new))),
            new Group("Run the parts", List.of(
                    new Entry("coordinator run", "", "the coordinator: holds the queues", null),
                    new Entry("agent run", "", "an agent: runs tasks on its machine", null),
                    new Entry("verify", "", "prove that a coordinator's data are complete", null),
                    new Entry("config", "[PROGRAM]", "the options in effect, and where each comes from", ConfigCommand::new))),
            new Group("Find out more", List.of(
                    new Entry("help", "VERB", "what a verb does, its options, an example", HelpCommand::new),
                    new Entry("completion", "SHELL", "a script that makes bash, zsh or fish complete", CompletionCommand::new))));

    /** What the build asks for, and nobody else. */
    private static final List<Entry> HIDDEN = List.of(new Entry("reference", "", "", ReferenceCommand::new));

    private Verbs() {}

    static @Nullable Function<Invocation, Verb> named(String name) {
        for (var group : GROUPS) {
            for (var entry : group.entries()) {
                if (entry.name().equals(name)) {
                    return entry.verb();
                }
            }
        }
        for (var entry : HIDDEN) {
            if (entry.name().equals(name)) {
                return entry.verb();
            }
        }
        return null;
    }

    /** Those of this program. */
    static List<String> names() {
        return entries().filter(entry -> entry.verb() != null).map(Entry::name).toList();
    }

    /** Those of all programs. */
    static List<String> allNames() {
        return entries().map(Entry::name).toList();
    }

    private static Stream<Entry> entries() {
        return GROUPS.stream().flatMap(group -> group.entries().stream());
    }

    /** All of more words that begin with these. */
    static List<Entry> beginningWith(String words) {
        return entries().filter(entry -> entry.name().startsWith(words + " ")).toList();
    }

    /** How the names of this program's verbs go on that begin with these words. */
    static List<String> wordsAfter(String words) {
        return beginningWith(words).stream().filter(entry -> entry.verb() != null)
                .map(entry -> entry.name().substring(words.length() + 1).replaceFirst(" .*", "")).distinct().toList();
    }

    /** Verbs that belong together. */
    record Group(String title, List<Entry> entries) {}

    /** A verb; null if another program of the distribution does it. */
    record Entry(String name, String parameters, String summary, @Nullable Function<Invocation, Verb> verb) {}
}
