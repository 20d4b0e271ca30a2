package io.longhaul.server.core.service;

import io.longhaul.server.core.event.UploadListener;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.holder.OtherNodes;
import io.longhaul.server.core.upload.Upload;
import io.longhaul.server.core.upload.UploadException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The requests at other nodes that hold uploads. A record names the node whose request has been
 * appending for a while; a name that is out of date costs a call and does no harm. Thread-safe.
 */
final class Elsewhere {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Records records;
    private final OtherNodes nodes;
    private final UploadListener listener;
    private final Duration patience;

    Elsewhere(Records records, Holders holders, UploadListener listener) {
        this.records = records;
        this.listener = listener;
        nodes = holders.others();
        patience = holders.timing().patience();
    }

    /**
     * Takes an upload over from the request that holds it at another node, which keeps what has
     * arrived. One that does not answer is fenced: it cannot commit any more.
     *
     * @return the record from which to go on
     * @throws UploadException.Held when that request keeps moving
     */
    Upload takenOver(Upload upload) throws IOException {
        Optional<String> node = holder(upload);
        if (node.isEmpty()) {
            return upload;
        }
        return switch (persistently(node.get(), upload, OtherNodes.Demand.LET_GO)) {
            case DONE -> records.live(upload.id(), true);
            case HELD -> throw new UploadException.Held(RETRY_AFTER);
            case SILENT -> {
                listener.onTakeover();
                yield records.fenced(upload);
            }
        };
    }

    /** The record of an upload with what is arriving at another node, if that one answers. */
    Upload fresh(Upload upload) throws IOException {
        Optional<String> node = holder(upload);
        if (node.isEmpty()) {
            return upload;
        }
        OtherNodes.Answer answer = nodes.ask(node.get(), upload.id(), OtherNodes.Demand.CHECKPOINT);
        return answer == OtherNodes.Answer.SILENT ? upload : records.live(upload.id(), true);
    }

    /** Ends the request at another node that adds bytes to an upload about to be terminated. */
    void end(Upload upload) {
        holder(upload).ifPresent(node -> persistently(node, upload, OtherNodes.Demand.END));
    }

    /** The other node that a record names. */
    private Optional<String> holder(Upload upload) {
        Optional<String> self = nodes.self();
        return Optional.ofNullable(upload.holder())
                .filter(node -> self.isPresent() && !self.get().equals(node));
    }

    private OtherNodes.Answer persistently(String node, Upload upload, OtherNodes.Demand demand) {
        long deadline = System.nanoTime() + patience.toNanos();
        OtherNodes.Answer answer;
        do {
            answer = nodes.ask(node, upload.id(), demand);
        } while (answer == OtherNodes.Answer.HELD && System.nanoTime() < deadline);
        return answer;
    }
}
