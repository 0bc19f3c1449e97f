package dev.ganger.cli.view;

import dev.ganger.cli.install.Report;
import dev.ganger.cli.install.Report.Result;
import dev.ganger.cli.install.Watcher;
import java.util.LinkedHashMap;
import java.util.Map;

/** How putting Ganger on hosts is shown: what is going on changes in place on a terminal, what came of it is a line a host. */
public final class Installations implements Watcher {
    private final Output output;
    private final Live live;
    private final Map<String, String> steps = new LinkedHashMap<>();

    public Installations(Output output) {
        this.output = output;
        this.live = output.live();
    }

    @Override
    public synchronized void begun(String host, String step) {
        steps.put(host, step);
        showSteps();
    }

    @Override
    public synchronized void ended(Report report) {
        steps.remove(report.host());
        live.clear();
        if (report.isGood() || output.format() == Format.JSON) {
            output.done(report.host() + ": " + sentence(report), json -> write(json, report), report.service());
        } else {
            output.note(report.host() + ": " + report.problem());
        }
        if (output.format() != Format.JSON) {
            report.remarks().forEach(remark -> output.note(report.host() + ": " + remark));
        }
        output.flush();
        showSteps();
    }

    private void showSteps() {
        var host = steps.keySet().stream().mapToInt(Width::of).max().orElse(0);
        live.show(steps.entrySet().stream().map(each -> "  " + each.getKey() + " ".repeat(host - Width.of(each.getKey())) + "  "
                + each.getValue() + " …").toList());
    }

    /** Nothing goes on any more. */
    public synchronized void end() {
        live.clear();
    }

    private static String sentence(Report report) {
        var service = (report.result() == Result.REMOVED || report.result() == Result.ABSENT
                || "coordinator".equals(report.service())
                        ? ""
                        : "agent ")
                + report.service();
        var after = " after " + Words.length(report.took());
        return switch (report.result()) {
            case INSTALLED -> service + " installed, version " + report.version() + "; it runs" + after;
            case UPGRADED -> service + " upgraded to version " + report.version() + "; it runs again" + after;
            case RESTARTED -> service + " started again" + after;
            case UNCHANGED -> service + " is already installed, version " + report.version() + ", and runs";
            case REMOVED -> "uninstalled" + after + left(report);
            case ABSENT -> "nothing was installed" + left(report);
            case FAILED -> String.valueOf(report.problem());
        };
    }

    private static String left(Report report) {
        return report.left().isEmpty() ? "" : "; left there: " + String.join(", ", report.left());
    }

    private static void write(Json json, Report report) {
        json.text("host", report.host())
                .text("result", Words.word(report.result()))
                .text("service", report.service())
                .text("version", report.version())
                .number("seconds", (Number) Words.seconds(report.took()))
                .texts("remarks", report.remarks())
                .texts("left", report.left())
                .text("problem", report.problem());
    }
}
