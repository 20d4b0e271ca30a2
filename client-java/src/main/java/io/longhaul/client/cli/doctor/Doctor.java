package io.longhaul.client.cli.doctor;

import io.longhaul.client.cli.http.WebClient;
import io.longhaul.client.cli.shell.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * Examines a server, and what lies between, by uploading to it. Deletes what it has uploaded, where
 * the server lets it.
 */
public final class Doctor {

    /** Without these the others make no sense. */
    private static final List<Check> FIRST =
            List.of(new ReachCheck(), new OptionsCheck(), new CreationCheck(), new AppendCheck());

    private static final List<Check> MORE =
            List.of(
                    new HttpVersionCheck(),
                    new ClockCheck(),
                    new ConflictCheck(),
                    new StreamingCheck(),
                    new TakeoverCheck(),
                    new HeaderSizeCheck(),
                    new RequestSizeCheck(),
                    new DownloadCheck());

    private final WebClient client;
    private final Consumer<Finding> listener;

    /**
     * @param listener is told of each finding at once
     */
    public Doctor(WebClient client, Consumer<Finding> listener) {
        this.client = client;
        this.listener = listener;
    }

    /** Runs the checks, and returns the exit code. */
    public int examine(URI endpoint) {
        var patient = new Patient(client, endpoint);
        boolean well = true;
        for (Check check : FIRST) {
            well &= run(check, patient);
            if (!well && patient.isLost()) {
                break;
            }
        }
        if (!patient.isLost()) {
            for (Check check : MORE) {
                well &= run(check, patient);
            }
        }
        if (patient.hasUploads()) {
            well &= run(new TerminationCheck(), patient);
        }
        return well ? ExitCode.OK : ExitCode.UNHEALTHY;
    }

    private boolean run(Check check, Patient patient) {
        Finding finding;
        try {
            finding = check.run(patient);
        } catch (IOException e) {
            finding =
                    Finding.fail(
                            check.name(),
                            WebClient.reason(e),
                            "The connection broke during this check: run it again, and look into"
                                    + " the log of the proxy.");
        }
        listener.accept(finding);
        return finding.verdict() != Verdict.FAIL;
    }
}
