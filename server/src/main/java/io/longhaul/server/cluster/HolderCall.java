package io.longhaul.server.cluster;

import io.longhaul.server.core.holder.OtherNodes.Demand;
import io.longhaul.server.core.upload.UploadId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What one node asks of another: {@code POST /internal/holders/<id>/<demand>}. */
public record HolderCall(UploadId id, Demand demand) {

    /** What the paths of all calls begin with. */
    public static final String PATH = "/internal/holders/";

    String path() {
        return PATH + id.value() + "/" + name(demand);
    }

    /** The call with a path; empty when there is none. */
    public static Optional<HolderCall> of(String path) {
        String[] parts = path.substring(PATH.length()).split("/", -1);
        return parts.length == 2
                ? UploadId.parse(parts[0])
                        .flatMap(id -> demand(parts[1]).map(each -> new HolderCall(id, each)))
                : Optional.empty();
    }

    private static Optional<Demand> demand(String name) {
        return Arrays.stream(Demand.values()).filter(each -> name(each).equals(name)).findFirst();
    }

    private static String name(Demand demand) {
        return demand.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
