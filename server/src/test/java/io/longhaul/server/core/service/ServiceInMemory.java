package io.longhaul.server.core.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.upload.Concatenation;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.core.upload.UploadLimits;
import io.longhaul.server.core.upload.UploadMetadata;
import io.longhaul.server.testing.FaultyContentStore;
import io.longhaul.server.testing.InMemoryContentStore;
import io.longhaul.server.testing.InMemoryUploadCatalog;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The service on stores in memory, and what tests of it say often. */
final class ServiceInMemory {

    private static final UploadListener NOBODY = new UploadListener() {};
    final InMemoryUploadCatalog catalog = new InMemoryUploadCatalog();
    final InMemoryContentStore contents = new InMemoryContentStore();
    final FaultyContentStore store;
    final Holders holders = new Holders(HolderTiming.DEFAULT, NOBODY);
    final Uploads uploads;
    private final Records records;

    /** One whose uploads are all in the content store. */
    ServiceInMemory() {
        this(0);
    }

    /** One that keeps small uploads in their records. */
    ServiceInMemory(int inlineSize) {
        this(inlineSize, UnaryOperator.identity(), InstantSource.system());
    }

    /** One with another content store before the one in memory, and a clock of its own. */
    ServiceInMemory(int inlineSize, UnaryOperator<ContentStore> before, InstantSource clock) {
        store = new FaultyContentStore(before.apply(contents));
        Duration hour = Duration.ofHours(1);
        var limits = new UploadLimits(OptionalLong.empty(), hour, Duration.ZERO, hour, inlineSize);
        records = new Records(catalog, limits, NOBODY, clock, holders::appending);
        uploads = new Uploads(catalog, store, holders, limits, NOBODY, clock);
    }

    Appender appender(Checkpoints checkpoints) {
        return new Appender(records, store, holders, NOBODY, checkpoints);
    }

    static Creation creation(long length, @Nullable String key) {
        return new Creation(
                "", OptionalLong.of(length), UploadMetadata.NONE, Concatenation.NONE, key);
    }

    UploadId created(long length) throws IOException {
        return uploads.create(creation(length, null)).id();
    }

    static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    static Append append(long offset, UploadBody body) {
        return new Append(offset, OptionalLong.empty(), Verification.NONE, Optional.empty(), body);
    }

    static Append append(long offset, String text) {
        return append(offset, ScriptedBody.of(bytes(text)));
    }

    /** The same under a digest that the bytes do not have. */
    static Append mismatching(Append append, String text) {
        Verification wrong =
                ScriptedVerification.of(
                                io.longhaul.server.core.upload.DigestAlgorithm.SHA1,
                                bytes(text),
                                false)
                        .wrong();
        return new Append(append.offset(), append.length(), wrong, append.key(), append.body());
    }

    /** Runs a request on a thread of its own; how it ends. */
    static CompletableFuture<String> start(UploadWorld.Request request) {
        return CompletableFuture.supplyAsync(
                () -> UploadWorld.outcome(request), Thread::startVirtualThread);
    }

    Upload record(UploadId id) {
        return catalog.find(id).orElseThrow();
    }

    /** Changes a record as another node does. */
    void change(UploadId id, UnaryOperator<Upload> change) throws IOException {
        Upload read = record(id);
        if (catalog.replace(change.apply(read), read.version()).isEmpty()) {
            throw new AssertionError("somebody else changes the record");
        }
    }
}
