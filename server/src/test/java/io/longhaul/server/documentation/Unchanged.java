package io.longhaul.server.documentation;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a number is as it was the last time. */
final class Unchanged implements Predicate<Integer> {

    private @Nullable Integer last;

    @Override
    public boolean test(Integer number) {
        boolean same = number.equals(last);
        last = number;
        return same;
    }
}
