package io.longhaul.client.internal.engine;

import io.longhaul.client.FileUrlStore;
import io.tus.java.client.TusURLStore;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the store of a client knows about one source and its pieces; nothing when it has no name.
 */
final class UrlBook {

    private final TusURLStore store;
    private final Optional<String> fingerprint;
    private final Map<String, String> notes;

    UrlBook(TusURLStore store, Optional<String> fingerprint, Map<String, String> notes) {
        this.store = store;
        this.fingerprint = fingerprint;
        this.notes = Map.copyOf(notes);
    }

    /** The book of one of several pieces of this source. */
    UrlBook piece(int number, int count) {
        var pieceNotes = new HashMap<>(notes);
        pieceNotes.put("piece", number + "/" + count);
        return new UrlBook(
                store, fingerprint.map(name -> name + "+" + number + "/" + count), pieceNotes);
    }

    /** This book, and those of its pieces. */
    List<UrlBook> all(int pieces) {
        var books = new ArrayList<UrlBook>(List.of(this));
        for (int i = 1; i <= pieces && pieces > 1; i++) {
            books.add(piece(i, pieces));
        }
        return books;
    }

    Optional<URI> url() {
        return fingerprint.map(store::get).flatMap(UrlBook::uri);
    }

    void remember(URI url, Optional<String> expires) {
        if (fingerprint.isEmpty()) {
            return;
        }
        if (store instanceof FileUrlStore files) {
            var all = new HashMap<>(notes);
            expires.ifPresent(time -> all.put("expires", time));
            files.set(fingerprint.get(), url(url), all);
        } else {
            store.set(fingerprint.get(), url(url));
        }
    }

    void forget() {
        fingerprint.ifPresent(store::remove);
    }

    private static Optional<URI> uri(URL url) {
        try {
            return Optional.of(url.toURI());
        } catch (URISyntaxException e) {
            // Nothing that this client has stored: the upload begins anew.
            return Optional.empty();
        }
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
