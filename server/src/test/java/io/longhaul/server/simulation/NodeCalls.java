package io.longhaul.server.simulation;

import io.longhaul.server.core.holder.OtherNodes;
import io.longhaul.server.core.upload.UploadId;
import io.longhaul.server.simulation.Figures.Kind;
import java.util.Optional;

/** What one node asks the others, of which the weather lets some through. Thread-safe. */
record NodeCalls(String name, Weather weather, Figures figures) implements OtherNodes {

    @Override
    public Optional<String> self() {
        return Optional.of(name);
    }

    @Override
    public Answer ask(String node, UploadId id, Demand demand) {
        figures.count(Kind.NODE_CALLS);
        Answer answer =
                weather.reached(name, node)
                        .map(asked -> asked.asked(id, demand))
                        .filter(_ -> weather.reached(node, name).isPresent())
                        .orElse(Answer.SILENT);
        if (answer == Answer.SILENT) {
            figures.count(Kind.NODE_SILENCES);
        }
        return answer;
    }
}
