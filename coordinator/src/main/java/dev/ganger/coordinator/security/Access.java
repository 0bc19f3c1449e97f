package dev.ganger.coordinator.security;

import dev.ganger.proto.v1.AccessServiceGrpc;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.WorkServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of who may call what. What does not stand in it nobody may call. */
public final class Access {
    /**
     * A row.
     *
     * @param word how people name the call
     */
    public record Row(Need need, String word) {}

    private static final Map<String, Row> ROWS = rows();

    private Access() {}

    /** By the full name of the method; null: nobody may. */
    public static @Nullable Row of(String method) {
        return ROWS.get(method);
    }

    /** Every row by the full name of its method, in the order in which it is told. */
    public static Map<String, Row> all() {
        return Collections.unmodifiableMap(ROWS);
    }

    private static Map<String, Row> rows() {
        var rows = new LinkedHashMap<String, Row>();
        joining(rows);
        looking(rows);
        working(rows);
        submitting(rows);
        governing(rows);
        return rows;
    }

    private static void joining(Map<String, Row> rows) {
        put(rows, HealthGrpc.getCheckMethod(), Need.ANYONE, "health");
        put(rows, JoinServiceGrpc.getJoinMethod(), Need.ANYONE, "join");
        put(rows, JoinServiceGrpc.getRenewMethod(), Need.RENEWAL, "renew");
        put(rows, AccessServiceGrpc.getWhoAmIMethod(), Need.MEMBER, "who am I");
    }

    private static void looking(Map<String, Row> rows) {
        put(rows, HealthGrpc.getWatchMethod(), Need.VIEWER, "watch health");
        put(rows, ServerReflectionGrpc.getServerReflectionInfoMethod(), Need.VIEWER, "reflection");
        put(rows, JobServiceGrpc.getGetJobMethod(), Need.VIEWER, "show a job");
        put(rows, JobServiceGrpc.getListJobsMethod(), Need.VIEWER, "list jobs");
        put(rows, JobServiceGrpc.getGetTaskMethod(), Need.VIEWER, "show a task");
        put(rows, JobServiceGrpc.getListTasksMethod(), Need.VIEWER, "list tasks");
        put(rows, JobServiceGrpc.getWatchJobMethod(), Need.VIEWER, "watch a job");
        put(rows, JobServiceGrpc.getExplainMethod(), Need.VIEWER, "explain");
        put(rows, ResultServiceGrpc.getReadResultsMethod(), Need.VIEWER, "read results");
        put(rows, OutputServiceGrpc.getReadOutputMethod(), Need.VIEWER, "read output");
        put(rows, ControlServiceGrpc.getGetStatusMethod(), Need.VIEWER, "status");
        put(rows, ControlServiceGrpc.getListAgentsMethod(), Need.VIEWER, "list agents");
    }

    private static void working(Map<String, Row> rows) {
        put(rows, WorkServiceGrpc.getAttachMethod(), Need.AGENT, "attach");
        put(rows, OutputServiceGrpc.getUploadMethod(), Need.AGENT, "upload output");
    }

    private static void submitting(Map<String, Row> rows) {
        put(rows, JobServiceGrpc.getSubmitMethod(), Need.SUBMITTER, "submit");
        put(rows, JobServiceGrpc.getCancelJobMethod(), Need.SUBMITTER, "cancel");
        put(rows, JobServiceGrpc.getHoldJobMethod(), Need.SUBMITTER, "hold");
        put(rows, JobServiceGrpc.getReleaseJobMethod(), Need.SUBMITTER, "release");
        put(rows, JobServiceGrpc.getRetryJobMethod(), Need.SUBMITTER, "retry");
        put(rows, JobServiceGrpc.getForgetJobMethod(), Need.SUBMITTER, "forget");
        put(rows, ResultServiceGrpc.getTakeResultMethod(), Need.SUBMITTER, "take results");
        put(rows, ResultServiceGrpc.getMoveCursorMethod(), Need.SUBMITTER, "move a cursor");
    }

    private static void governing(Map<String, Row> rows) {
        put(rows, ControlServiceGrpc.getCloseMethod(), Need.ADMIN, "close");
        put(rows, ControlServiceGrpc.getOpenMethod(), Need.ADMIN, "open");
        put(rows, ControlServiceGrpc.getStopMethod(), Need.ADMIN, "stop");
        put(rows, ControlServiceGrpc.getDrainAgentMethod(), Need.ADMIN, "agent drain");
        put(rows, ControlServiceGrpc.getResumeAgentMethod(), Need.ADMIN, "agent resume");
        put(rows, ControlServiceGrpc.getStopAgentMethod(), Need.ADMIN, "agent stop");
        put(rows, ControlServiceGrpc.getDeclareAgentGoneMethod(), Need.ADMIN, "agent gone");
        put(rows, ControlServiceGrpc.getRemoveAgentMethod(), Need.ADMIN, "agent remove");
        put(rows, AccessServiceGrpc.getCreateTokenMethod(), Need.ADMIN, "token create");
        put(rows, AccessServiceGrpc.getListTokensMethod(), Need.ADMIN, "token list");
        put(rows, AccessServiceGrpc.getRevokeTokenMethod(), Need.ADMIN, "token revoke");
        put(rows, AccessServiceGrpc.getListUsersMethod(), Need.ADMIN, "users");
        put(rows, AccessServiceGrpc.getRemoveUserMethod(), Need.ADMIN, "user remove");
    }

    private static void put(Map<String, Row> rows, MethodDescriptor<?, ?> method, Need need, String word) {
        rows.put(method.getFullMethodName(), new Row(need, word));
    }
}
