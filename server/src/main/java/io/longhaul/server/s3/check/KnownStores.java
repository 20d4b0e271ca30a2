package io.longhaul.server.s3.check;

/** What is known of stores beforehand, as text. */
final class KnownStores {

    static final String TEXT =
            """
            Settings for known stores, besides longhaul.s3.bucket, access-key and secret-key:

              Ceph 16          endpoint=<the gateway's>; catalog=s3. Tried: part of Longhaul's tests.
              AWS S3           region=<the bucket's>, no endpoint; catalog=s3. Read in its documentation only.
              Cloudflare R2    endpoint=https://<account>.r2.cloudflarestorage.com, region=auto; catalog=s3. Aborts
                               multipart uploads after 7 days unless a lifecycle rule says more. Read only.
              MinIO            endpoint=http://<host>:9000. Neither tried nor read: go by what is above.
              Google Cloud     endpoint=https://storage.googleapis.com; catalog=postgresql: its conditions have other
                               names. Read only.
            """;

    private KnownStores() {}
}
