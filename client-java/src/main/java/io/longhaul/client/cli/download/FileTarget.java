package io.longhaul.client.cli.download;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file: written as {@code NAME.part}, beside which {@code NAME.part.from} says of what it is the
 * beginning, and renamed when it is whole. One process at a time writes to it.
 */
public final class FileTarget implements Target {

    private final URI url;
    private final Path file;
    private final Path part;
    private final Path from;
    private final FileChannel channel;
    private Entity entity;

    private FileTarget(URI url, Path file, FileChannel channel) throws IOException {
        this.url = url;
        this.file = file;
        this.part = beside(file, ".part");
        this.from = beside(file, ".part.from");
        this.channel = channel;
        this.entity = read();
        if (entity.etag().isEmpty() || beyondEnd()) {
            begin(Entity.unknown());
        }
        channel.position(channel.size());
    }

    /**
     * Opens it, to go on with what is there of the same URL.
     *
     * @throws IOException if another process writes to it
     */
    public static FileTarget open(URI url, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        beside(file, ".part"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("another process is downloading to " + file);
            }
            return new FileTarget(url, file, channel);
        } catch (IOException | OverlappingFileLockException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long position() {
        try {
            return channel.position();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public Entity entity() {
        return entity;
    }

    @Override
    public void begin(Entity next) throws IOException {
        Files.deleteIfExists(from);
        channel.truncate(0);
        channel.position(0);
        if (next.etag().isPresent()) {
            String length = next.length().isPresent() ? "" + next.length().getAsLong() : "";
            Files.write(from, List.of(url.toString(), next.etag().get(), length));
        }
        entity = next;
    }

    @Override
    public void write(ByteBuffer bytes) throws TargetException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new TargetException(part + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void complete() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(from);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Entity read() throws IOException {
        try {
            List<String> lines = Files.readAllLines(from);
            if (lines.size() == 3 && lines.get(0).equals(url.toString())) {
                String length = lines.get(2);
                return new Entity(
                        Optional.of(lines.get(1)),
                        length.matches("[0-9]{1,18}")
                                ? OptionalLong.of(Long.parseLong(length))
                                : OptionalLong.empty());
            }
        } catch (NoSuchFileException e) {
            // Nothing was begun.
        }
        return Entity.unknown();
    }

    private boolean beyondEnd() throws IOException {
        return entity.length().isPresent() && channel.size() > entity.length().getAsLong();
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
