package io.longhaul.server.testing.s3;

import io.longhaul.server.testing.CephPrograms;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives one Ceph to all test classes, and stops it after the last one. Where there is none, they
 * are skipped.
 */
public final class SharedCeph implements ParameterResolver, ExecutionCondition {

    private static final Namespace NAMESPACE = Namespace.create(SharedCeph.class);

    /** What was found once, and holds for all. */
    private record Found(Optional<CephPrograms> programs) {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return programs(context).isPresent()
                ? ConditionEvaluationResult.enabled("there is a Ceph")
                : ConditionEvaluationResult.disabled("there is no Ceph");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CephServer.class;
    }

    @Override
    public CephServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        CephServer.class,
                        _ -> start(programs(context).orElseThrow()),
                        CephServer.class);
    }

    private static Optional<CephPrograms> programs(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Found.class, _ -> find(), Found.class)
                .programs();
    }

    private static Found find() {
        try {
            return new Found(CephPrograms.find());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static CephServer start(CephPrograms programs) {
        try {
            return CephServer.start(programs);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
