/*
 * The floor: what receiving and storing uploads costs when nothing else is done. It answers the
 * requests of tus that the bench sends, knows nothing about an upload but its file, checks nothing
 * and keeps no records, so no server can be expected to cost less. A thread for each connection.
 *
 * Usage: floor PORT DIRECTORY [fdatasync]
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_SIZE = 16 * 1024, BODY_SIZE = 256 * 1024, STACK_SIZE = 64 * 1024, NAME_SIZE = 32 };

static int directory;
static int force;
static atomic_ulong last_upload;

struct connection {
    int socket;
    size_t have; /* bytes in the buffer */
    char *buffer; /* HEAD_SIZE for heads, or BODY_SIZE while a body is received */
};

static int send_all(int socket, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = send(socket, bytes, length, MSG_NOSIGNAL);
        if (sent < 0) {
            return -1;
        }
        bytes += sent;
        length -= (size_t)sent;
    }
    return 0;
}

/* The value of a header as a number, or -1. Headers are matched without regard to case. */
static long long number(const char *head, const char *name) {
    const char *line = strcasestr(head, name);
    return line == NULL ? -1 : atoll(line + strlen(name));
}

static int write_all(int file, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0) {
            return -1;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return 0;
}

/* Receives a body, of which the first bytes are there already, into a file. */
static int receive(struct connection *c, const char *first, size_t have, long long length, int file) {
    size_t begun = (long long)have < length ? have : (size_t)length;
    if (write_all(file, first, begun) < 0) {
        return -1;
    }
    for (long long left = length - (long long)begun; left > 0;) {
        size_t wanted = left < BODY_SIZE ? (size_t)left : BODY_SIZE;
        ssize_t got = recv(c->socket, c->buffer, wanted, 0);
        if (got <= 0 || write_all(file, c->buffer, (size_t)got) < 0) {
            return -1;
        }
        left -= got;
    }
    return force ? fdatasync(file) : 0;
}

static int answer(int socket, const char *status, const char *headers) {
    char text[512];
    int length = snprintf(text, sizeof text, "HTTP/1.1 %s\r\nTus-Resumable: 1.0.0\r\n%s\r\n", status, headers);
    return send_all(socket, text, (size_t)length);
}

static int answer_offset(int socket, const char *status, const char *more, long long offset) {
    char headers[256];
    snprintf(headers, sizeof headers, "%sUpload-Offset: %lld\r\nCache-Control: no-store\r\n", more, offset);
    return answer(socket, status, headers);
}

/* Opens an upload for appending, and says its length in offset. */
static int open_upload(const char *name, int flags, long long *offset) {
    struct stat status;
    int file = openat(directory, name, flags | O_CLOEXEC, 0600);
    if (file >= 0) {
        *offset = fstat(file, &status) == 0 ? status.st_size : 0;
    }
    return file;
}

static int append(struct connection *c, const char *name, int flags, const char *first, size_t have, long long length,
                  long long *offset) {
    int file = open_upload(name, O_WRONLY | O_APPEND | flags, offset);
    if (file < 0) {
        return -1;
    }
    int result = receive(c, first, have, length, file);
    *offset += length;
    close(file);
    return result;
}

static int create(struct connection *c, const char *first, size_t have, long long length) {
    char name[NAME_SIZE], headers[128];
    long long offset = 0;
    snprintf(name, sizeof name, "%lu", atomic_fetch_add(&last_upload, 1) + 1);
    if (append(c, name, O_CREAT, first, have, length, &offset) < 0) {
        return -1;
    }
    snprintf(headers, sizeof headers, "Location: /files/%s\r\nContent-Length: 0\r\n", name);
    return answer_offset(c->socket, "201 Created", headers, offset);
}

static int download(int socket, const char *name) {
    long long length = 0;
    char headers[64];
    int file = open_upload(name, O_RDONLY, &length);
    if (file < 0) {
        return answer(socket, "404 Not Found", "Content-Length: 0\r\n");
    }
    snprintf(headers, sizeof headers, "Content-Length: %lld\r\n", length);
    int result = answer(socket, "200 OK", headers);
    while (result == 0 && length > 0) {
        ssize_t sent = sendfile(socket, file, NULL, (size_t)length);
        result = sent > 0 ? 0 : -1;
        length -= sent;
    }
    close(file);
    return result;
}

static int ask(int socket, const char *name) {
    struct stat status;
    if (fstatat(directory, name, &status, 0) < 0) {
        return answer(socket, "404 Not Found", "Content-Length: 0\r\n");
    }
    return answer_offset(socket, "200 OK", "Content-Length: 0\r\n", status.st_size);
}

static int terminate(int socket, const char *name) {
    return unlinkat(directory, name, 0) < 0 ? answer(socket, "404 Not Found", "Content-Length: 0\r\n")
                                            : answer(socket, "204 No Content", "");
}

static int options(int socket) {
    return answer(socket, "204 No Content",
                  "Tus-Version: 1.0.0\r\nTus-Extension: creation,creation-with-upload,termination\r\n");
}

/* Answers one request, whose head is complete; what follows it in the buffer begins its body. */
static int serve(struct connection *c, char *head, const char *rest, size_t have) {
    char method[8], target[256];
    long long length = number(head, "\r\nContent-Length:");
    long long offset = 0;
    if (sscanf(head, "%7s %255s", method, target) != 2) {
        return -1;
    }
    length = length < 0 ? 0 : length;
    const char *slash = strrchr(target, '/');
    const char *name = slash == NULL ? "" : slash + 1;
    if (strcmp(method, "PATCH") == 0) {
        if (append(c, name, 0, rest, have, length, &offset) < 0) {
            return -1;
        }
        return answer_offset(c->socket, "204 No Content", "", offset);
    }
    return strcmp(method, "POST") == 0     ? create(c, rest, have, length)
           : strcmp(method, "HEAD") == 0   ? ask(c->socket, name)
           : strcmp(method, "GET") == 0    ? download(c->socket, name)
           : strcmp(method, "DELETE") == 0 ? terminate(c->socket, name)
                                           : options(c->socket);
}

/* Reads heads and serves them until the client goes. Requests may come before they are answered. */
static void converse(struct connection *c, char *head) {
    size_t have = 0;
    for (;;) {
        char *end = NULL;
        while (have == 0 || (end = memmem(head, have, "\r\n\r\n", 4)) == NULL) {
            ssize_t got = recv(c->socket, head + have, HEAD_SIZE - 1 - have, 0);
            if (got <= 0) {
                return;
            }
            have += (size_t)got;
        }
        char *rest = end + 4;
        size_t follows = have - (size_t)(rest - head);
        end[2] = 0;
        long long length = number(head, "\r\nContent-Length:");
        if (serve(c, head, rest, follows) < 0) {
            return;
        }
        size_t body = length < 0 ? 0 : (size_t)length < follows ? (size_t)length : follows;
        have = follows - body;
        memmove(head, rest + body, have);
    }
}

static void *run(void *argument) {
    struct connection c = {.socket = (int)(long)argument};
    char *head = malloc(HEAD_SIZE);
    c.buffer = malloc(BODY_SIZE);
    if (head != NULL && c.buffer != NULL) {
        converse(&c, head);
    }
    free(head);
    free(c.buffer);
    close(c.socket);
    return NULL;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: floor PORT DIRECTORY [fdatasync]\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    force = count > 3 && strcmp(arguments[3], "fdatasync") == 0;
    directory = open(arguments[2], O_DIRECTORY | O_RDONLY);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)atoi(arguments[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (directory < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) {
        fail("floor");
    }
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    for (;;) {
        pthread_t thread;
        int socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (socket < 0) {
            continue;
        }
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (pthread_create(&thread, &attributes, run, (void *)(long)socket) != 0) {
            close(socket);
        }
    }
}
