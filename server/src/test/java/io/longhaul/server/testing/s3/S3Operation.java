package io.longhaul.server.testing.s3;

/** The calls that the fake store takes, by the names that S3's documentation gives them. */
public enum S3Operation {
    PUT_OBJECT,
    GET_OBJECT,
    HEAD_OBJECT,
    DELETE_OBJECT,
    DELETE_OBJECTS,
    LIST_OBJECTS,
    CREATE_MULTIPART_UPLOAD,
    UPLOAD_PART,
    UPLOAD_PART_COPY,
    COMPLETE_MULTIPART_UPLOAD,
    ABORT_MULTIPART_UPLOAD,
    LIST_PARTS,
    LIST_MULTIPART_UPLOADS,
    GET_LIFECYCLE,
    PUT_LIFECYCLE
}
