package io.longhaul.client.cli.bench.report;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The figures as JSON, with the value of each round. */
public final class JsonReport {

    private final JsonGenerator json;

    private JsonReport(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Writes one object and closes the stream.
     *
     * @param settings what was asked for, by name
     */
    public static void write(
            OutputStream out,
            Map<String, Long> settings,
            List<URI> endpoints,
            List<CellResult> cells)
            throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            new JsonReport(json).write(settings, endpoints, cells);
        } catch (JacksonException e) {
            throw new IOException("cannot write JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void write(Map<String, Long> settings, List<URI> endpoints, List<CellResult> cells) {
        json.writeStartObject();
        json.writeObjectPropertyStart("settings");
        settings.forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeArrayPropertyStart("cells");
        cells.forEach(cell -> write(cell, endpoints));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(CellResult cell, List<URI> endpoints) {
        json.writeStartObject();
        json.writeStringProperty("cell", cell.name());
        json.writeArrayPropertyStart("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            write(cell, endpoints.get(i), cell.endpoints().get(i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(CellResult cell, URI endpoint, EndpointResult result) {
        json.writeStartObject();
        json.writeStringProperty("url", endpoint.toString());
        result.notOffered().ifPresent(reason -> json.writeStringProperty("notOffered", reason));
        json.writeNumberProperty("operations", result.total().operations());
        json.writeNumberProperty("failures", result.total().failures());
        result.total()
                .firstFailure()
                .ifPresent(failure -> json.writeStringProperty("firstFailure", failure));
        json.writeNumberProperty("leftBehind", result.leftBehind());
        json.writeArrayPropertyStart("figures");
        result.figures(cell.basis()).forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Figure figure) {
        Spread spread = figure.spread();
        json.writeStartObject();
        json.writeStringProperty("figure", figure.name());
        json.writeStringProperty("unit", figure.unit());
        json.writeNumberProperty("median", spread.median());
        json.writeNumberProperty("min", spread.min());
        json.writeNumberProperty("max", spread.max());
        json.writeArrayPropertyStart("rounds");
        figure.rounds().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeEndObject();
    }
}
