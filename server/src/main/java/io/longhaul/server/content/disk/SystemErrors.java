package io.longhaul.server.content.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a full disk from other failures. The JDK drops the error's number and keeps its text, which
 * depends on the locale of the process, so the texts are asked of the same C library.
 */
final class SystemErrors {

    private static final int NO_SPACE = 28;
    private static final int QUOTA_LINUX = 122;
    private static final int QUOTA_BSD = 69;
    private static final int LONGEST_TEXT = 1024;

    private static final Set<String> FULL_TEXTS = fullTexts();

    private SystemErrors() {}

    /** Whether the text of the failure says that the disk or the quota is full. */
    static boolean saysFull(IOException failure) {
        String text = text(failure);
        return text != null && FULL_TEXTS.contains(text);
    }

    private static @Nullable String text(IOException failure) {
        return failure instanceof FileSystemException named
                ? named.getReason()
                : failure.getMessage();
    }

    private static Set<String> fullTexts() {
        Set<String> texts = new HashSet<>(Set.of("No space left on device", "Disk quota exceeded"));
        boolean linux = System.getProperty("os.name", "").startsWith("Linux");
        try {
            MethodHandle strerror = strerror();
            texts.add(text(strerror, NO_SPACE));
            texts.add(text(strerror, linux ? QUOTA_LINUX : QUOTA_BSD));
        } catch (Throwable _) {
            // Without native access the English texts and the space that is left have to do.
        }
        return Set.copyOf(texts);
    }

    @SuppressWarnings("restricted") // strerror(int) is in every C library
    private static MethodHandle strerror() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    }

    @SuppressWarnings("restricted") // reads up to the terminating zero only
    private static String text(MethodHandle strerror, int number) throws Throwable {
        MemorySegment answer = (MemorySegment) strerror.invokeExact(number);
        MemorySegment text = answer.reinterpret(LONGEST_TEXT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte b; (b = text.get(ValueLayout.JAVA_BYTE, bytes.size())) != 0; ) {
            bytes.write(b);
        }
        return bytes.toString(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    }
}
