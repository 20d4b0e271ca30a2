package io.longhaul.server.catalog.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadState;
import io.longhaul.server.s3.S3Mode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that dies between any two calls leaves nothing behind that another cannot go on with.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(S3Mode.class)
final class S3CrashTests {

    private static final Duration HOUR = Duration.ofHours(1);

    private final S3Mode mode;

    S3CrashTests(S3Mode mode) {
        this.mode = mode;
    }

    /** What a process does until it dies, and what another then finds. */
    private interface Scenario {

        Upload prepare(Nodes nodes, UploadCatalog catalog) throws IOException;

        void act(UploadCatalog dying, Upload upload) throws IOException;

        void check(UploadCatalog next, Upload upload) throws IOException;
    }

    /** Lets it die before each call, until it lives through all of them. */
    private void beforeEachCall(int atLeast, Scenario scenario) throws IOException {
        int calls = 0;
        while (survives(calls, scenario)) {
            calls++;
        }
        assertThat(calls).isGreaterThanOrEqualTo(atLeast);
    }

    private boolean survives(int calls, Scenario scenario) throws IOException {
        try (Nodes nodes = new Nodes(mode)) {
            UploadCatalog first = nodes.open();
            Upload upload = scenario.prepare(nodes, first);
            nodes.dieAfter(calls);
            boolean died = false;
            try {
                scenario.act(first, upload);
            } catch (IOException _) { // that it dies is what is wanted
                died = true;
            }
            nodes.heal();
            UploadCatalog next = nodes.open();
            scenario.check(next, upload);
            nodes.tidy(next);
            assertThat(nodes.store.keys()).as("left after %d calls", calls).isEmpty();
            return died;
        }
    }

    /** Creates a record with all that there may be about one. */
    private abstract static class Creating implements Scenario {

        @Override
        public Upload prepare(Nodes nodes, UploadCatalog catalog) {
            return nodes.expiring(HOUR).change().creationKey("key").done();
        }

        @Override
        public void act(UploadCatalog dying, Upload upload) throws IOException {
            Upload _ = dying.create(upload, Nodes.completed(upload));
        }
    }

    @Test
    void creationIsThereWithItsEventsAndItsExpiryOrNotAtAll() throws IOException {
        beforeEachCall(
                4,
                new Creating() {
                    @Override
                    public void check(UploadCatalog next, Upload upload) throws IOException {
                        Optional<Upload> found = next.find(upload.id());
                        if (found.isPresent()) {
                            assertThat(Nodes.events(next)).containsExactly(Nodes.completed(upload));
                        } else {
                            assertThat(Nodes.events(next)).isEmpty();
                        }
                        assertThat(next.due(upload.createdAt().plus(HOUR), 10))
                                .isEqualTo(found.stream().toList());
                    }
                });
    }

    @Test
    void creationKeyCanBeUsedAgain() throws IOException {
        beforeEachCall(
                4,
                new Creating() {
                    @Override
                    public void check(UploadCatalog next, Upload upload) throws IOException {
                        Optional<Upload> found = next.find(upload.id());
                        Upload repeated = S3CrashTests.repeated(upload);

                        Upload winner = next.create(repeated);

                        assertThat(winner.id())
                                .isEqualTo(found.map(Upload::id).orElse(repeated.id()));
                        assertThat(next.create(S3CrashTests.repeated(upload))).isEqualTo(winner);
                    }
                });
    }

    private static Upload repeated(Upload upload) {
        Upload other =
                Upload.receiving(UploadId.random(), "", OptionalLong.of(5), upload.createdAt());
        return other.change()
                .creationKey(upload.creationKey())
                .expiresAt(upload.expiresAt())
                .done();
    }

    @Test
    void replacementIsThereWithItsEventsAndItsExpiryOrNotAtAll() throws IOException {
        beforeEachCall(
                3,
                new Scenario() {
                    @Override
                    public Upload prepare(Nodes nodes, UploadCatalog catalog) throws IOException {
                        Upload first = nodes.expiring(HOUR).change().creationKey("key").done();
                        return catalog.create(first);
                    }

                    @Override
                    public void act(UploadCatalog dying, Upload upload) throws IOException {
                        assertThat(dying.replace(changed(upload), 1, Nodes.completed(upload)))
                                .isPresent();
                    }

                    private Upload changed(Upload upload) {
                        return upload.change()
                                .state(UploadState.TERMINATED)
                                .creationKey(null)
                                .expiresAt(upload.createdAt())
                                .done();
                    }

                    @Override
                    public void check(UploadCatalog next, Upload upload) throws IOException {
                        Upload found = next.find(upload.id()).orElseThrow();
                        boolean done = found.version() == 2;
                        assertThat(Nodes.events(next)).hasSize(done ? 1 : 0);
                        assertThat(next.due(upload.createdAt(), 10)).hasSize(done ? 1 : 0);
                        assertThat(next.create(repeated(upload)).id().equals(upload.id()))
                                .isEqualTo(!done);
                        assertThat(next.replace(changed(upload), found.version())).isPresent();
                    }
                });
    }

    @Test
    void removalIsDoneOrNot() throws IOException {
        beforeEachCall(
                2,
                new Scenario() {
                    @Override
                    public Upload prepare(Nodes nodes, UploadCatalog catalog) throws IOException {
                        Upload first = nodes.expiring(HOUR).change().creationKey("key").done();
                        return catalog.create(first, Nodes.completed(first));
                    }

                    @Override
                    public void act(UploadCatalog dying, Upload upload) throws IOException {
                        assertThat(dying.remove(upload.id(), 1)).isTrue();
                    }

                    @Override
                    public void check(UploadCatalog next, Upload upload) throws IOException {
                        Optional<Upload> found = next.find(upload.id());
                        assertThat(Nodes.events(next)).containsExactly(Nodes.completed(upload));
                        assertThat(next.create(repeated(upload)).id().equals(upload.id()))
                                .isEqualTo(found.isPresent());
                        assertThat(next.remove(upload.id(), 1)).isEqualTo(found.isPresent());
                    }
                });
    }

    @Test
    void whatWasNotAcknowledgedWholeComesAgain() throws IOException {
        beforeEachCall(
                3,
                new Scenario() {
                    @Override
                    public Upload prepare(Nodes nodes, UploadCatalog catalog) throws IOException {
                        Upload first = nodes.expiring(HOUR);
                        return catalog.create(first, Nodes.completed(first));
                    }

                    @Override
                    public void act(UploadCatalog dying, Upload upload) throws IOException {
                        dying.acknowledge(dying.outbox(10));
                    }

                    @Override
                    public void check(UploadCatalog next, Upload upload) throws IOException {
                        next.acknowledge(next.outbox(10));
                        assertThat(next.outbox(10)).isEmpty();
                        assertThat(next.find(upload.id())).contains(upload);
                    }
                });
    }

    @Test
    void whatIsDueIsFiledAnewOrStaysFiled() throws IOException {
        beforeEachCall(
                4,
                new Scenario() {
                    @Override
                    public Upload prepare(Nodes nodes, UploadCatalog catalog) throws IOException {
                        Upload first = catalog.create(nodes.expiring(HOUR));
                        Upload later = first.change().expiresAt(soon(first).plus(HOUR)).done();
                        return catalog.replace(later, 1).orElseThrow();
                    }

                    private Instant soon(Upload upload) {
                        return upload.createdAt().plus(HOUR);
                    }

                    @Override
                    public void act(UploadCatalog dying, Upload upload) throws IOException {
                        assertThat(dying.due(soon(upload), 10)).isEmpty();
                    }

                    @Override
                    public void check(UploadCatalog next, Upload upload) throws IOException {
                        assertThat(next.due(soon(upload), 10)).isEmpty();
                        assertThat(next.due(soon(upload).plus(HOUR), 10)).containsExactly(upload);
                    }
                });
    }
}
