package io.longhaul.benchmarks.peer;

import io.longhaul.benchmarks.peer.Peer.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** All servers that can be compared here, and why the others cannot. */
public final class Peers {

    /** The names by which others refer to our own two and the floors. */
    public static final String POWER_LOSS = "longhaul";

    public static final String PROCESS_CRASH = "longhaul-process-crash";
    public static final String FLOOR = "floor";
    public static final String FORCED_FLOOR = "floor-fdatasync";

    private static final String DEFAULTS = "defaults";
    private static final String PAGE_CACHE =
            "nothing is forced: what was answered survives the end of the process, not a power cut";

    private final List<Peer> available = new ArrayList<>();
    private final Map<String, String> missing = new TreeMap<>();
    private final Tools tools;

    private Peers(Tools tools) {
        this.tools = tools;
    }

    /**
     * Looks for the servers.
     *
     * @param installed our own server
     * @param longhaulOptions for the Java that runs it
     */
    public static Peers find(Tools tools, Longhaul installed, String longhaulOptions) {
        Peers peers = new Peers(tools);
        peers.available.add(
                installed.peer(
                        POWER_LOSS,
                        "power-loss",
                        "bytes, directory entries and the record are forced to the disk",
                        longhaulOptions));
        peers.available.add(
                installed.peer(PROCESS_CRASH, "process-crash", PAGE_CACHE, longhaulOptions));
        peers.addIfInstalled("tusd", peers::tusd);
        peers.addIfInstalled("rustus", peers::rustus);
        peers.addIfInstalled("tus-node-server", peers::tusNodeServer);
        peers.available.add(tusJavaServer());
        peers.addIfInstalled(FLOOR, file -> floor(file, false));
        peers.addIfInstalled(FLOOR, file -> floor(file, true));
        return peers;
    }

    public List<Peer> available() {
        return List.copyOf(available);
    }

    /** Names of servers that are not installed, with the reason. */
    public Map<String, String> missing() {
        return Map.copyOf(missing);
    }

    private void addIfInstalled(String name, Function<Path, Peer> peer) {
        Optional<Path> file = tools.installed(name);
        file.map(peer).ifPresent(available::add);
        if (file.isEmpty()) {
            missing.put(name, "not installed in " + tools.directory());
        }
    }

    private Peer tusd(Path file) {
        return new Peer(
                "tusd",
                tools.version("tusd"),
                DEFAULTS + "; path /files/",
                PAGE_CACHE,
                Kind.PEER,
                (port, directory) ->
                        List.of(
                                file.toString(),
                                "-host=127.0.0.1",
                                "-port=" + port,
                                "-base-path=/files/",
                                "-upload-dir=" + directory));
    }

    private Peer rustus(Path file) {
        return new Peer(
                "rustus",
                tools.version("rustus"),
                "defaults and the feature hashers; --max-body-size 16 GiB, as by default it refuses"
                        + " requests over 256 KiB",
                PAGE_CACHE + " (--force-fsync is off by default)",
                Kind.PEER,
                (port, directory) ->
                        List.of(
                                file.toString(),
                                "--host=127.0.0.1",
                                "--port=" + port,
                                "--max-body-size=" + (16L << 30),
                                "--data-dir=" + directory.resolve("data"),
                                "--info-dir=" + directory.resolve("info")));
    }

    private Peer tusNodeServer(Path project) {
        return new Peer(
                "tus-node-server",
                tools.version("tus-node-server"),
                "@tus/server with @tus/file-store, defaults",
                PAGE_CACHE,
                Kind.PEER,
                (port, directory) ->
                        List.of(
                                "node",
                                project.resolve("tus-node-server.mjs").toString(),
                                Integer.toString(port),
                                directory.toString()));
    }

    private static Peer tusJavaServer() {
        return new Peer(
                "tus-java-server",
                "1.0.0-3.0",
                "in a servlet of Jetty with its 200 threads, as its documentation shows; downloads"
                        + " on",
                PAGE_CACHE,
                Kind.PEER,
                (port, directory) ->
                        List.of(
                                Tools.java(),
                                "-Djava.io.tmpdir=" + directory,
                                "-classpath",
                                System.getProperty("java.class.path"),
                                TusJavaServerProcess.class.getName(),
                                Integer.toString(port)));
    }

    private static Peer floor(Path file, boolean forced) {
        return new Peer(
                forced ? FORCED_FLOOR : FLOOR,
                "-",
                "recv and write, a thread for each connection; no records, no checks",
                forced ? "the bytes are forced to the disk (fdatasync)" : PAGE_CACHE,
                Kind.FLOOR,
                (port, directory) -> {
                    List<String> words = new ArrayList<>();
                    words.addAll(List.of(file.toString(), Integer.toString(port)));
                    words.add(directory.toString());
                    words.addAll(forced ? List.of("fdatasync") : List.of());
                    return words;
                });
    }
}
