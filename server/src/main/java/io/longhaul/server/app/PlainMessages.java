package io.longhaul.server.app;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;

/**
 * Gives messages as they are in the code, as there are no translations. Spring's own way to do that
 * lists all languages of Java at each start. Thread-safe.
 */
final class PlainMessages implements MessageSource {

    @Override
    public @Nullable String getMessage(
            String code,
            Object @Nullable [] arguments,
            @Nullable String defaultMessage,
            @Nullable Locale locale) {
        return defaultMessage;
    }

    @Override
    public String getMessage(String code, Object @Nullable [] arguments, @Nullable Locale locale) {
        throw new NoSuchMessageException(code);
    }

    @Override
    public String getMessage(MessageSourceResolvable message, @Nullable Locale locale) {
        String text = message.getDefaultMessage();
        if (text == null) {
            String[] codes = message.getCodes();
            throw new NoSuchMessageException(
                    codes == null || codes.length == 0 ? "" : codes[codes.length - 1]);
        }
        return text;
    }
}
