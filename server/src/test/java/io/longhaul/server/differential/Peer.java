package io.longhaul.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhaul.server.testing.RawConnection;
import io.longhaul.server.testing.RawResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A server that plays scenarios, with the paths of the uploads that it created in one. */
final class Peer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> CHANGING = Set.of("POST", "PATCH");
    private static final Pattern UNFILLED = Pattern.compile("\\{\\d+}");

    private final String host;
    private final int port;
    private final Map<String, String> places = new LinkedHashMap<>();

    private Peer(int port) {
        this.port = port;
        host = "localhost:" + port;
        places.put("{origin}", "http://" + host);
        places.put("{host}", host);
    }

    /** Sends every step of a scenario to the server on a port, in order. */
    static List<Answer> play(Scenario scenario, int port) throws IOException {
        Peer peer = new Peer(port);
        List<Answer> answers = new ArrayList<>();
        for (Step step : scenario.steps()) {
            answers.add(peer.answer(step, answers.size() + 1));
        }
        return answers;
    }

    private Answer answer(Step step, int number) throws IOException {
        String head = filled(step.head());
        if (UNFILLED.matcher(head).find()) {
            return Answer.NOT_SENT;
        }
        try (RawConnection connection = RawConnection.to(port).timeout(PATIENCE)) {
            RawResponse response = exchange(connection, head, step);
            remember(response, number);
            Answer answer = Answer.of(response, step.method(), this::named);
            return complete(step, response) ? answer.onComplete() : answer;
        } catch (EOFException | SocketException | SocketTimeoutException _) {
            // Not answering is an answer that can be compared, too.
            return Answer.NONE;
        }
    }

    /** Whether the upload that was created or appended to is complete by now, as HEAD tells. */
    private boolean complete(Step step, RawResponse response) throws IOException {
        String location = response.header("Location");
        boolean told = response.header("Upload-Expires") != null;
        if (!CHANGING.contains(step.method()) || !(told || response.status() / 100 == 2)) {
            return false;
        }
        String path = location == null ? filled(step.target()) : location;
        try (RawConnection connection = RawConnection.to(port).timeout(PATIENCE)) {
            RawResponse head =
                    connection.exchange(
                            "HEAD %s HTTP/1.1\nHost: %s\nTus-Resumable: 1.0.0"
                                    .formatted(path, host));
            String length = head.header("Upload-Length");
            return length != null && length.equals(head.header("Upload-Offset"));
        }
    }

    private static RawResponse exchange(RawConnection connection, String head, Step step)
            throws IOException {
        connection.request(head);
        if (step.expectsContinue()) {
            RawResponse first = connection.readInterim();
            if (first.status() != 100) {
                return first;
            }
        }
        connection.send(step.body());
        if (step.cut()) {
            connection.halfClose();
        }
        return step.method().equals("HEAD") ? connection.readHead() : connection.read();
    }

    private void remember(RawResponse response, int number) {
        String location = response.header("Location");
        if (location != null) {
            String path = location.replaceFirst("^http://" + Pattern.quote(host), "");
            assertThat(path).startsWith("/files/");
            places.put("{%d}".formatted(number), path);
        }
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            filled = filled.replace(place.getKey(), place.getValue());
        }
        return filled;
    }

    private String named(String text) {
        String named = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            named = named.replace(place.getValue(), place.getKey());
        }
        return named;
    }
}
