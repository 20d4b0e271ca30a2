package io.longhaul.server.power;

import io.longhaul.server.power.Node.FileNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Puts the calls that change files into a recorded disk. What it does not know how to replay it
 * refuses, so that nothing is left out in silence.
 */
final class DiskRecorder implements TraceReader.Listener {

    /** The calls to trace: all that can change a file, a directory or what is forced of them. */
    static final List<String> CALLS =
            List.of(
                    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate",
                    "fallocate,fsync,fdatasync,unlink,unlinkat,rmdir,rename,renameat,renameat2",
                    "mkdir,mkdirat,link,linkat,symlink,symlinkat,sendfile,copy_file_range",
                    "splice,io_uring_setup");

    private static final Set<String> WITHOUT_PATH = Set.of("io_uring_setup");

    /** A killed process, and a copy of the disk's directory as it left it. */
    record Kill(int process, Path copy) {}

    private final RecordedDisk disk;
    private final Map<History<?>, Path> forced = new HashMap<>();
    private final Deque<Kill> kills;
    private final Map<SystemCall, Integer> covered = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final NavigableSet<Integer> lines = new TreeSet<>();
    private int changes;
    private int forces;

    /**
     * @param kills in their order
     */
    DiskRecorder(RecordedDisk disk, List<Kill> kills) {
        this.disk = disk;
        this.kills = new ArrayDeque<>(kills);
    }

    /** The lines at which what a power cut can leave changes. */
    NavigableSet<Integer> lines() {
        return lines;
    }

    int changes() {
        return changes;
    }

    int forces() {
        return forces;
    }

    @Override
    public void begun(SystemCall call) {
        if (isForce(call) && disk.has(opened(call))) {
            covered.put(call, node(call).history().length());
        }
    }

    private static boolean isForce(SystemCall call) {
        return call.name().equals("fsync") || call.name().equals("fdatasync");
    }

    @Override
    public void ended(SystemCall call, long result, int line) {
        switch (call.name()) {
            case "openat" -> open(call, result);
            case "pwrite64" -> write(call, result, () -> call.number(3));
            case "write" -> append(call, result);
            case "ftruncate" -> resize(call, result);
            case "fsync", "fdatasync" -> force(call, result, line);
            case "mkdir", "unlink", "rename" -> changeNames(call, result);
            default -> refuseHere(call);
        }
    }

    private void open(SystemCall call, long result) {
        Path path = call.path(1);
        if (result < 0 || !disk.has(path)) {
            return;
        }
        positions.put(call.process() + " " + result, 0L);
        if (disk.find(path) == null && call.argument(2).contains("O_CREAT")) {
            disk.createFile(path, call.begin());
            changed(call);
        } else if (call.argument(2).contains("O_TRUNC")) {
            disk.file(path).history().add(new FileChange.Resize(0), call.begin());
            changed(call);
        }
    }

    private interface Offset {
        long get();
    }

    /** At the descriptor's position, which the product uses in the thread that opened it only. */
    private void append(SystemCall call, long result) {
        String descriptor = call.argument(0);
        String key =
                call.process()
                        + " "
                        + descriptor.substring(0, Math.max(0, descriptor.indexOf('<')));
        write(call, result, () -> positions.merge(key, result, Long::sum) - result);
    }

    private void write(SystemCall call, long result, Offset offset) {
        if (result <= 0 || !disk.has(opened(call))) {
            return;
        }
        byte[] bytes = call.bytes(1);
        byte[] written = bytes.length == result ? bytes : Arrays.copyOf(bytes, (int) result);
        add(call, new FileChange.Write(offset.get(), written));
    }

    private void resize(SystemCall call, long result) {
        if (result == 0 && disk.has(opened(call))) {
            add(call, new FileChange.Resize(call.number(1)));
        }
    }

    private void add(SystemCall call, FileChange change) {
        if (!(node(call) instanceof FileNode file)) {
            throw new IllegalStateException("a directory is written: " + call);
        }
        file.history().add(change, call.begin());
        changed(call);
    }

    private void changed(SystemCall call) {
        lines.add(call.begin());
        changes++;
    }

    private void force(SystemCall call, long result, int line) {
        Integer count = covered.remove(call);
        if (count == null || result != 0) {
            return;
        }
        History<?> history = node(call).history();
        history.force(count, line);
        forced.put(history, disk.relative(opened(call)));
        lines.add(line);
        forces++;
    }

    /** Believes the forces of some paths only, which are relative to the disk's directory. */
    void countForces(Predicate<Path> paths) {
        forced.forEach((history, path) -> history.countForces(paths.test(path)));
    }

    private void changeNames(SystemCall call, long result) {
        Path path = call.path(0);
        if (result != 0 || !disk.has(path)) {
            return;
        }
        switch (call.name()) {
            case "mkdir" -> disk.createDirectory(path, call.begin());
            case "unlink" -> disk.remove(path, call.begin());
            default -> disk.rename(path, call.path(1), call.begin());
        }
        changed(call);
    }

    private void refuseHere(SystemCall call) {
        boolean here =
                call.arguments().stream()
                        .map(SystemCall::descriptor)
                        .anyMatch(text -> text.startsWith("/") && disk.has(Path.of(text)));
        boolean named = call.argument(0).startsWith("\"") && disk.has(call.path(0));
        if (here || named || WITHOUT_PATH.contains(call.name())) {
            throw new IllegalStateException("cannot be replayed: " + call);
        }
    }

    private Node node(SystemCall call) {
        return disk.opened(opened(call), call.argument(0).endsWith(">(deleted)"));
    }

    private static Path opened(SystemCall call) {
        String text = call.descriptor(0);
        return Path.of(text.startsWith("/") ? text : "");
    }

    /** What the kernel had done of calls that the process never returned from the disk tells. */
    @Override
    public void killed(int process, List<SystemCall> unfinished, int line) {
        for (SystemCall call : unfinished) {
            if (isForce(call)) {
                covered.remove(call);
            } else if (hasHappened(call)) {
                long result = call.name().contains("write") ? call.bytes(1).length : 0;
                ended(call, result, line);
            }
        }
        if (process == kills.getFirst().process()) { // its other threads have ended by now
            kills.removeFirst();
            positions.clear();
        }
    }

    private boolean hasHappened(SystemCall call) {
        return switch (call.name()) {
            case "pwrite64", "write", "ftruncate" ->
                    disk.has(opened(call)) && isInFile(call, opened(call));
            case "mkdir" -> disk.has(call.path(0)) && exists(call.path(0));
            case "unlink", "rename" -> disk.has(call.path(0)) && !exists(call.path(0));
            case "openat" -> disk.has(call.path(1)) && exists(call.path(1));
            default -> false;
        };
    }

    private boolean exists(Path path) {
        return Files.exists(kept(path));
    }

    private Path kept(Path path) {
        return kills.getFirst().copy().resolve(disk.relative(path));
    }

    private boolean isInFile(SystemCall call, Path path) {
        try (SeekableByteChannel file = Files.newByteChannel(kept(path))) {
            if (call.name().equals("ftruncate")) {
                return file.size() == call.number(1);
            }
            byte[] written = call.bytes(1);
            ByteBuffer read = ByteBuffer.allocate(written.length);
            file.position(call.name().equals("write") ? 0 : call.number(3));
            while (read.hasRemaining() && file.read(read) >= 0) {
                // more may come
            }
            return Arrays.equals(read.array(), written);
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
