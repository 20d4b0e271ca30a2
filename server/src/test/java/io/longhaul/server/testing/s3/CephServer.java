package io.longhaul.server.testing.s3;

import static org.awaitility.Awaitility.await;

import io.longhaul.server.s3.S3Address;
import io.longhaul.server.s3.S3Bucket;
import io.longhaul.server.testing.CephPrograms;
import io.longhaul.server.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real Ceph on this machine: a monitor, a daemon that stores objects in a file, and a gateway
 * that speaks S3, all on the loopback interface. Their data lie below {@code target} until it is
 * closed. Once started, it is thread-safe.
 */
public final class CephServer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String GATEWAY = "client.rgw";

    private final CephPrograms programs;
    private final Path directory;
    private final CephDaemons daemons;
    private final int monitorPort = FreePorts.next();
    private final int port = FreePorts.next();
    private final S3Client client = TestBucket.connect(endpoint(), accessKey(), secretKey());
    private final AtomicInteger buckets = new AtomicInteger();

    private CephServer(CephPrograms programs, Path directory) {
        this.programs = programs;
        this.directory = directory;
        this.daemons = new CephDaemons(directory, programs);
    }

    /** Starts one with an empty bucket of the name that {@link FakeS3} has too. */
    public static CephServer start(CephPrograms programs) throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        CephServer server = new CephServer(programs, Files.createTempDirectory(target, "ceph"));
        boolean started = false;
        try {
            server.begin();
            started = true;
            return server;
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("Ceph did not start.\n" + server.daemons.state(), e);
        } finally {
            if (!started) {
                server.close();
            }
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public String accessKey() {
        return "test";
    }

    public String secretKey() {
        return "testsecret";
    }

    /** Creates a bucket; its name. */
    public String newBucket() {
        return create(FakeS3.BUCKET + "-" + buckets.incrementAndGet());
    }

    /** What the server calls a new bucket by. */
    public S3Bucket bucket() {
        return bucket(newBucket());
    }

    /** What the server calls a bucket by that is there. */
    public S3Bucket bucket(String name) {
        return new S3Bucket(
                new S3Address(endpoint(), "us-east-1", name, "", true, accessKey(), secretKey()));
    }

    /** The client that made the buckets; it is closed with the server. */
    public S3Client client() {
        return client;
    }

    private String create(String bucket) {
        client.createBucket(request -> request.bucket(bucket));
        return bucket;
    }

    private void begin() throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        for (String kept : List.of("mon", "osd", "rgw")) {
            Files.createDirectory(directory.resolve(kept));
        }
        Files.writeString(directory.resolve("ceph.conf"), configuration(id));
        startMonitor(id);
        daemons.run("ceph-osd", "-i", "0", "--mkfs", "--no-mon-config");
        daemons.start("ceph-osd", "-f", "-i", "0");
        daemons.start("radosgw", "-f", "-n", GATEWAY);
        awaitGateway();
        createUser();
        create(FakeS3.BUCKET);
    }

    /** It begins with a map of the one other daemon and with everybody's keys. */
    private void startMonitor(String id) throws IOException, InterruptedException {
        daemons.run("ceph-authtool", "--create-keyring", "keyring");
        for (String name : List.of("mon.", "osd.0", GATEWAY)) {
            createKey(name);
        }
        daemons.run("monmaptool", "--create", "--fsid", id, "--addv", "a", monitor(), "monmap");
        daemons.run("osdmaptool", "--createsimple", "1", "osdmap");
        daemons.run(
                "ceph-mon",
                "--mkfs",
                "-i",
                "a",
                "--monmap",
                "monmap",
                "--osdmap",
                "osdmap",
                "--keyring",
                "keyring");
        daemons.start("ceph-mon", "-f", "-i", "a");
    }

    private void createKey(String name) throws IOException, InterruptedException {
        daemons.run(
                "ceph-authtool",
                "keyring",
                "--gen-key",
                "-n",
                name,
                "--cap",
                "mon",
                "allow *",
                "--cap",
                "osd",
                "allow *");
    }

    /** It listens when the others work: before, it stores its own settings in them. */
    private void awaitGateway() {
        await("the gateway of Ceph")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .failFast("a daemon ended", () -> !daemons.areAlive())
                .until(this::listens);
    }

    private void createUser() throws IOException, InterruptedException {
        daemons.run(
                "radosgw-admin",
                "-n",
                GATEWAY,
                "user",
                "create",
                "--uid=test",
                "--display-name=test",
                "--access-key=" + accessKey(),
                "--secret-key=" + secretKey());
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            // Not yet.
            return false;
        }
    }

    private String monitor() {
        return "[v2:127.0.0.1:%d]".formatted(monitorPort);
    }

    private String configuration(String id) {
        // Nobody but the log of a failed start reads what the daemons log, and no socket for
        // administration is needed, whose path could be too long. With an interval of a second,
        // which is the default, the monitor would make the start twice as long.
        return """
        [global]
        fsid = %1$s
        mon host = %2$s
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        ms bind msgr1 = false
        keyring = %3$s/keyring
        mon data = %3$s/mon
        osd data = %3$s/osd
        rgw data = %3$s/rgw
        run dir = %3$s
        crash dir = %3$s
        admin socket =
        setuser =
        setgroup =
        log to file = false
        log to stderr = true
        mon cluster log to file = false
        debug rocksdb = 0
        plugin dir = %4$s/ceph
        erasure code dir = %4$s/ceph/erasure-code
        osd class dir = %4$s/rados-classes
        paxos propose interval = 0.05
        mon allow pool size one = true
        mon max pg per osd = 1000
        mon data avail crit = 1
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 8
        osd pool default pgp num = 8
        osd pool default pg autoscale mode = off
        osd crush update on start = false
        bluestore block size = 20G
        rgw frontends = beast endpoint=127.0.0.1:%5$d tcp_nodelay=1
        rgw dynamic resharding = false
        """
                .formatted(id, monitor(), directory, programs.libraries(), port);
    }

    @Override
    public void close() {
        client.close();
        daemons.close();
    }
}
