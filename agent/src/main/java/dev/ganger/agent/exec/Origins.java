package dev.ganger.agent.exec;

import dev.ganger.agent.exec.ProcFiles.Identity;
import dev.ganger.agent.exec.ProcFiles.Sighting;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose an adopted process may be that cleared its environment and made a session of its own before it was seen: one of the children that
 * lived when it was seen first. It ends with the last of them.
 */
final class Origins {
    /** The first process of a container also adopts what others started there. */
    private final boolean othersMayBeAdopted = ProcessHandle.current().pid() == 1;
    private final Map<Identity, Set<Object>> candidates = new HashMap<>();
    private final Set<Identity> givenUp = new HashSet<>();

    /** Whether no other child than this one can have left it. */
    boolean isOnly(Object child, Identity process, Collection<Object> children) {
        return isAsked(process) && left(process, children).equals(Set.of(child));
    }

    /** Whether all the children are gone that can have left it. */
    boolean isNobodys(Identity process, Collection<Object> children) {
        return isAsked(process) && left(process, children).isEmpty();
    }

    private boolean isAsked(Identity process) {
        return !othersMayBeAdopted && !givenUp.contains(process);
    }

    private Set<Object> left(Identity process, Collection<Object> children) {
        var left = candidates.computeIfAbsent(process, _ -> new HashSet<>(children));
        left.retainAll(children);
        return left;
    }

    /** It cannot be ended. */
    void giveUp(Identity process) {
        givenUp.add(process);
    }

    /** The others have ended. */
    void keepOnly(List<Sighting> living) {
        var alive = living.stream().map(Sighting::identity).collect(Collectors.toSet());
        candidates.keySet().retainAll(alive);
        givenUp.retainAll(alive);
    }
}
