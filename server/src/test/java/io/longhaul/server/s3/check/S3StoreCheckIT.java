package io.longhaul.server.s3.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.testing.s3.CephServer;
import io.longhaul.server.testing.s3.SharedCeph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is known of Ceph 16 is found out about one. */
@Timeout(120)
@ExtendWith(SharedCeph.class)
final class S3StoreCheckIT {

    private final S3Bucket bucket;

    S3StoreCheckIT(CephServer ceph) {
        bucket = ceph.bucket();
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    @Test
    void findsBothConditionsAtomic() throws IOException {
        S3Conditions found = new S3Probe(bucket).run();

        assertThat(found.create()).isEqualTo(Verdict.ATOMIC);
        assertThat(found.replace()).isEqualTo(Verdict.ATOMIC);
        assertThat(found.time()).isLessThan(Duration.ofSeconds(20));
        assertThat(bucket.list("", "", 10).entries()).isEmpty();
    }

    @Test
    void findsItEnoughAndLeavesNothing() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Enough enough =
                new S3StoreCheck(bucket, Duration.ofDays(7))
                        .run(new PrintStream(bytes, true, UTF_8));

        assertThat(enough).isEqualTo(Enough.FOR_ALL);
        assertThat(bytes.toString(UTF_8))
                .contains("a wrong Content-MD5 is refused, a wrong CRC32C is taken")
                .contains("a completion has to name all")
                .contains("refused unless they are the last")
                .contains("not heeded, and not needed")
                .contains("No lifecycle rule of the bucket")
                .contains("Everything that was written has been deleted.")
                .doesNotContain("NOT ENOUGH");
        assertThat(bucket.list("", "", 10).entries()).isEmpty();
        assertThat(bucket.multiparts().list("")).isEmpty();
    }
}
