package io.longhaul.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.support.DefaultMessageSourceResolvable;

class PlainMessagesTests {

    private final PlainMessages messages = new PlainMessages();

    @Test
    void givesMessagesAsTheyAre() {
        var message = new DefaultMessageSourceResolvable(new String[] {"code"}, "the text");

        assertThat(messages.getMessage("code", null, "the text", Locale.GERMAN))
                .isEqualTo("the text");
        assertThat(messages.getMessage(message, Locale.GERMAN)).isEqualTo("the text");
    }

    @Test
    void namesTheCodeOfOneThatHasNoText() {
        var message = new DefaultMessageSourceResolvable(new String[] {"code"}, null, null);

        assertThatThrownBy(() -> messages.getMessage("code", null, Locale.ENGLISH))
                .isInstanceOf(NoSuchMessageException.class)
                .hasMessageContaining("code");
        assertThatThrownBy(() -> messages.getMessage(message, Locale.ENGLISH))
                .isInstanceOf(NoSuchMessageException.class)
                .hasMessageContaining("code");
    }
}
