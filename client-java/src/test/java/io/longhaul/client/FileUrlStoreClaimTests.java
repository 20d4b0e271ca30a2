package io.longhaul.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longhaul.client.FileUrlStore.Claim;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileUrlStoreClaimTests {

    @TempDir private Path directory;

    @Test
    void refusesASecondClaimInTheSameProcess() {
        try (Claim claim = store().claim("a").orElseThrow()) {
            assertThat(claim).isNotNull();
            assertThat(store().claim("a")).isEmpty();
        }
        store().claim("a").orElseThrow().close();
    }

    @Test
    void claimsOtherSourcesAndOtherEndpointsAtOnce() {
        FileUrlStore other = new FileUrlStore(directory, URI.create("https://example.net/"));
        Claim first = store().claim("a").orElseThrow();
        Claim second = store().claim("b").orElseThrow();
        Claim third = other.claim("a").orElseThrow();

        second.close();

        assertThat(store().claim("a")).isEmpty();
        assertThat(other.claim("a")).isEmpty();
        store().claim("b").orElseThrow().close();
        first.close();
        third.close();
    }

    @Test
    void closingTwiceLeavesTheNextClaimAlone() {
        Claim first = store().claim("a").orElseThrow();
        first.close();
        try (Claim second = store().claim("a").orElseThrow()) {
            first.close();
            assertThat(second).isNotNull();
            assertThat(store().claim("a")).isEmpty();
        }
    }

    @Test
    void claimsOnAnInterruptedThreadWithoutLosingOtherClaims() {
        Claim first = store().claim("a").orElseThrow();
        Thread.currentThread().interrupt();
        try (Claim second = store().claim("b").orElseThrow()) {
            assertThat(second).isNotNull();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(store().claim("a")).isEmpty();
        first.close();
    }

    @Test
    void leavesOneFileBehindForAnyNumberOfClaims() throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            claims.add(store().claim("source " + i).orElseThrow());
        }
        claims.forEach(Claim::close);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void letsOneOfManyThreadsClaimAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger claimed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                    CompletableFuture.runAsync(
                            () -> claimAgainAndAgain(start, inside, claimed),
                            task -> new Thread(task).start()));
        }
        start.countDown();

        threads.forEach(CompletableFuture::join);

        assertThat(claimed.get()).isPositive();
    }

    @Test
    void isRefusedWhatAnotherProcessHolds() throws Exception {
        try (StoreProcess other = StoreProcess.start("claim", directory, "a")) {
            assertThat(firstLine(other)).isEqualTo("claimed");
            // Claims of the same directory come and go meanwhile: they must not drop the other's.
            store().claim("b").orElseThrow().close();
            assertThat(store().claim("a")).isEmpty();
        }
        store().claim("a").orElseThrow().close();
    }

    @Test
    void holdsAClaimAgainstAnotherProcess() throws Exception {
        try (Claim claim = store().claim("a").orElseThrow()) {
            assertThat(claim).isNotNull();
            store().claim("b").orElseThrow().close();
            FileUrlStore.uploads(directory);
            try (StoreProcess other = StoreProcess.start("claim", directory, "a")) {
                assertThat(firstLine(other)).isEqualTo("refused");
            }
        }
        try (StoreProcess other = StoreProcess.start("claim", directory, "a")) {
            assertThat(firstLine(other)).isEqualTo("claimed");
        }
    }

    @Test
    void losesAClaimWithItsProcess() throws Exception {
        StoreProcess other = StoreProcess.start("claim", directory, "a");
        assertThat(firstLine(other)).isEqualTo("claimed");
        assertThat(store().claim("a")).isEmpty();

        other.close();

        await().untilAsserted(() -> assertThat(store().claim("a")).isPresent());
    }

    private void claimAgainAndAgain(
            CountDownLatch start, AtomicInteger inside, AtomicInteger claimed) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < 2000; i++) {
            store().claim("a")
                    .ifPresent(
                            claim -> {
                                assertThat(inside.incrementAndGet()).isEqualTo(1);
                                inside.decrementAndGet();
                                claimed.incrementAndGet();
                                claim.close();
                            });
        }
    }

    private static String firstLine(StoreProcess process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))
                .readLine();
    }

    private FileUrlStore store() {
        return new FileUrlStore(directory, StoreProcess.ENDPOINT);
    }
}
