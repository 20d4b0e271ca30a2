package io.longhaul.benchmarks.report;

/** What a reader has to know about a peer. */
public record PeerDescription(
        String name, String kind, String version, String configuration, String durable) {}
