package io.longhaul.client.testing;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** Faults that servers, proxies and networks are seen to have. */
public final class Faults {

    private Faults() {}

    /** None: the right answer. */
    public static Fault none() {
        return exchange -> exchange.send(exchange.serve());
    }

    /** Keeps the first bytes of the body, then resets. */
    public static Fault resetInBody(long bytes) {
        return exchange -> {
            exchange.serve(bytes);
            exchange.reset();
        };
    }

    /** Does what it is asked for, and resets instead of saying so. */
    public static Fault resetBeforeAnswer() {
        return resetInAnswer(0);
    }

    /** Resets after the first bytes of the right answer; after all of it if there are not more. */
    public static Fault resetInAnswer(int bytes) {
        return exchange -> {
            exchange.sendStart(exchange.serve(), bytes);
            exchange.reset();
        };
    }

    /** Closes, in an orderly way, after the first bytes of the right answer. */
    public static Fault truncatedAnswer(int bytes) {
        return exchange -> {
            exchange.sendStart(exchange.serve(), bytes);
            exchange.close();
        };
    }

    /** Never answers and reads nothing more. */
    public static Fault silence() {
        return Exchange::fallSilent;
    }

    /** Reads so many bytes of the body, then neither reads nor answers. */
    public static Fault silenceInBody(long bytes) {
        return exchange -> {
            exchange.serve(bytes);
            exchange.fallSilent();
        };
    }

    /** Begins the right answer and never goes on. */
    public static Fault silenceInAnswer(int bytes) {
        return exchange -> {
            exchange.sendStart(exchange.serve(), bytes);
            exchange.fallSilent();
        };
    }

    /** The right answer, after a while. */
    public static Fault lateAnswer(Duration time) {
        return exchange -> {
            Answer answer = exchange.serve();
            exchange.pause(time);
            exchange.send(answer);
        };
    }

    /** The right answer, byte by byte. */
    public static Fault slowAnswer(Duration pause) {
        return exchange -> exchange.sendSlowly(exchange.serve(), pause);
    }

    /** Reads the request and refuses it. */
    public static Fault refusal(Answer answer) {
        return exchange -> {
            exchange.discardBody();
            exchange.send(answer);
        };
    }

    public static Fault refusal(int status) {
        return refusal(Answer.of(status));
    }

    /** Refuses before it has read the body, and closes at once: the refusal may get lost. */
    public static Fault rudeRefusal(Answer answer) {
        return exchange -> {
            exchange.send(answer);
            exchange.abandon();
        };
    }

    /** Refuses before it has read the body, and closes when the client has seen it. */
    public static Fault earlyRefusal(Answer answer) {
        return exchange -> {
            exchange.send(answer.with("Connection", "close"));
            exchange.close();
        };
    }

    /** Refuses until the header has the value. */
    public static Fault refusalWithout(String header, String value, int status) {
        return exchange -> {
            boolean right = exchange.request().header(header).orElse("").equals(value);
            (right ? none() : refusal(status)).meet(exchange);
        };
    }

    /** Does what it is asked for, and answers something else than it should. */
    public static Fault altered(UnaryOperator<Answer> change) {
        return exchange -> exchange.send(change.apply(exchange.serve()));
    }

    /** Forgets the upload, and says so. */
    public static Fault forgotten(int status) {
        return exchange -> {
            exchange.forgetUpload();
            refusal(status).meet(exchange);
        };
    }

    public static Fault redirect(int status, String location) {
        return refusal(Answer.of(status).with("Location", location));
    }

    /** The right answer, after which the connection ends without a word. */
    public static Fault answerThenClose() {
        return exchange -> {
            exchange.send(exchange.serve());
            exchange.close();
        };
    }

    /** An answer whose body does not end: pieces of so many bytes, with a pause after each. */
    public static Fault endlessBody(Answer answer, int bytes, Duration pause) {
        String piece = Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n";
        return exchange -> {
            exchange.discardBody();
            exchange.send(answer.with("Transfer-Encoding", "chunked"));
            do {
                exchange.sendText(piece);
            } while (!exchange.pause(pause));
        };
    }

    /** An answer whose head does not end: a line, and again, with a pause after each. */
    public static Fault endlessHead(String line, Duration pause) {
        return exchange -> {
            exchange.discardBody();
            exchange.sendText("HTTP/1.1 204 Scripted\r\n");
            do {
                exchange.sendText(line + "\r\n");
            } while (!exchange.pause(pause));
        };
    }
}
