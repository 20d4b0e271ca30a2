package io.longhaul.server.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.core.event.UploadEvent;
import io.longhaul.server.core.upload.UploadId;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class UploadLogTests {

    private static final UploadId ID = UploadId.random();

    private final UploadLog log = new UploadLog();

    @AfterEach
    void forgetTheLogFormat() {
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
        start();
    }

    @Test
    void namesTheUploadInThePlainLine(CapturedOutput output) {
        start();

        log.onEvent(new UploadEvent.Created(ID, Instant.EPOCH));
        log.onEvent(new UploadEvent.Completed(ID, Instant.EPOCH, 12));
        log.onEvent(new UploadEvent.Terminated(ID, Instant.EPOCH));
        log.onEvent(new UploadEvent.Expired(ID, Instant.EPOCH));

        assertThat(output)
                .contains("Upload " + ID + " was created")
                .contains("Upload " + ID + " is complete with 12 bytes")
                .contains("Upload " + ID + " was deleted by its client")
                .contains("Upload " + ID + " was not complete in time and expired");
    }

    @Test
    void carriesTheUploadAsAFieldOfTheElasticCommonSchema(CapturedOutput output) {
        start("--logging.structured.format.console=ecs");

        log.onEvent(new UploadEvent.Completed(ID, Instant.EPOCH, 12));

        JsonNode line = lastLine(output);
        assertThat(line.path("upload").asString()).isEqualTo(ID.value());
        assertThat(line.path("length").asLong()).isEqualTo(12);
        assertThat(line.at("/event/action").asString()).isEqualTo("completed");
    }

    @Test
    void carriesTheUploadAsAFieldForLogstash(CapturedOutput output) {
        start("--logging.structured.format.console=logstash");

        log.onEvent(new UploadEvent.Expired(ID, Instant.EPOCH));

        JsonNode line = lastLine(output);
        assertThat(line.path("upload").asString()).isEqualTo(ID.value());
        assertThat(line.path("event.action").asString()).isEqualTo("expired");
    }

    private static JsonNode lastLine(CapturedOutput output) {
        return JsonMapper.shared().readTree(output.getOut().lines().toList().getLast());
    }

    private static void start(String... arguments) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run(arguments).close();
    }

    @Configuration
    static class Nothing {}
}
