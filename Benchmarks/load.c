// A load client: posts one body again and again over kept connections to a server on this machine.
//
//   load PORT PATH BODY STATUS CLIENTS SECONDS [COUNT]
//
// BODY is a file; each @UUID@ in it becomes a fresh lower-case version-4 UUID, the same one
// throughout a request. LOAD_TOKEN, if set, is sent as the bearer token. Each of CLIENTS sends its
// next request when its last was answered, until SECONDS are over or COUNT requests were sent.
// Any answer but STATUS, a lost connection or a silent server ends the run with exit code 1.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
  MAX_CLIENTS = 256,
  MAX_SECONDS = 120,
  MAX_COUNT = 2000000,
  MAX_PLACES = 8,
  SILENCE_MS = 10000,
  ANSWER_BYTES = 1 << 18,
};

typedef struct {
  int socket;
  char *request;
  char answer[ANSWER_BYTES];
  size_t received;
  int64_t sent_at;
} Client;

static Client clients[MAX_CLIENTS];
static char request[1 << 18];
static size_t request_bytes;
static size_t places[MAX_PLACES];
static int place_count;
static const char *wanted_status;
static uint32_t *latencies;
static long sent_count, answer_count, most;
static int64_t end_ns;

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "load: %s: %.2000s\n", what, detail);
  exit(1);
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void write_uuid(char *text) {
  static const char shape[] = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  unsigned char random[36];
  if (getrandom(random, sizeof random, 0) != sizeof random) fail("random bytes", strerror(errno));
  for (int i = 0; i < 36; i++) {
    int digit = shape[i] == 'y' ? 8 | (random[i] & 3) : random[i] & 15;
    text[i] = shape[i] == 'x' || shape[i] == 'y' ? "0123456789abcdef"[digit] : shape[i];
  }
}

// The whole request, with 36 places to fill for each @UUID@ of the body.
static void make_request(int port, const char *path, const char *file) {
  static char text[1 << 17], body[1 << 17];
  FILE *stream = fopen(file, "r");
  if (!stream) fail(file, strerror(errno));
  text[fread(text, 1, sizeof text - 1, stream)] = 0;
  fclose(stream);
  size_t body_places[MAX_PLACES], length = 0;
  for (const char *rest = text; *rest;) {
    if (strncmp(rest, "@UUID@", 6) != 0) {
      if (length + 40 > sizeof body) fail(file, "too long");
      body[length++] = *rest++;
      continue;
    }
    if (place_count == MAX_PLACES) fail(file, "too many ids");
    body_places[place_count++] = length;
    memset(body + length, '0', 36);
    length += 36;
    rest += 6;
  }
  const char *token = getenv("LOAD_TOKEN");
  int head = snprintf(
      request, sizeof request,
      "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
      "Authorization: Bearer %s\r\nContent-Length: %zu\r\n\r\n",
      path, port, token ? token : "", length);
  memcpy(request + head, body, length);
  request_bytes = head + length;
  for (int i = 0; i < place_count; i++) places[i] = head + body_places[i];
}

static void open_client(Client *client, int port, int poll) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  client->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(client->socket, (struct sockaddr *)&address, sizeof address) != 0)
    fail("connect", strerror(errno));
  int yes = 1;
  setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  client->request = malloc(request_bytes);
  memcpy(client->request, request, request_bytes);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
  epoll_ctl(poll, EPOLL_CTL_ADD, client->socket, &event);
}

// Sends a client's next request, if there is to be one.
static void send_next(Client *client) {
  int64_t now = now_ns();
  if (sent_count >= most || now >= end_ns) return;
  char uuid[36];
  write_uuid(uuid);
  for (int i = 0; i < place_count; i++) memcpy(client->request + places[i], uuid, sizeof uuid);
  client->sent_at = now;
  client->received = 0;
  if (write(client->socket, client->request, request_bytes) != (ssize_t)request_bytes)
    fail("send", strerror(errno));
  sent_count++;
}

// Whether a whole answer has come; fails unless it is the wanted one.
static bool is_answered(Client *client) {
  client->answer[client->received] = 0;
  char *end = strstr(client->answer, "\r\n\r\n");
  if (!end) return false;
  if (strncmp(client->answer, "HTTP/1.1 ", 9) != 0 ||
      strncmp(client->answer + 9, wanted_status, 3) != 0)
    fail("another answer than wanted", client->answer);
  char *length = strcasestr(client->answer, "\r\ncontent-length:");
  if (!length || length > end) fail("an answer without a length", client->answer);
  size_t whole = end + 4 - client->answer + strtoul(length + 17, NULL, 10);
  if (client->received > whole) fail("more than one answer", client->answer);
  return client->received == whole;
}

static void receive(Client *client) {
  size_t room = ANSWER_BYTES - 1 - client->received;
  if (room == 0) fail("a very long answer", client->answer);
  ssize_t count = read(client->socket, client->answer + client->received, room);
  if (count <= 0) fail("connection lost", count ? strerror(errno) : "closed");
  client->received += count;
  if (!is_answered(client)) return;
  latencies[answer_count++] = (now_ns() - client->sent_at) / 1000;
  send_next(client);
}

static int in_order(const void *one, const void *other) {
  uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
  return (a > b) - (a < b);
}

static void print_figures(double seconds) {
  qsort(latencies, answer_count, sizeof *latencies, in_order);
  printf(
      "{\"count\":%ld,\"perSecond\":%.1f,\"p50Microseconds\":%u,\"p99Microseconds\":%u,"
      "\"maxMicroseconds\":%u}\n",
      answer_count, answer_count / seconds, latencies[answer_count / 2],
      latencies[answer_count * 99 / 100], latencies[answer_count - 1]);
}

int main(int count, char **arguments) {
  if (count < 7 || count > 8) {
    fprintf(stderr, "usage: load PORT PATH BODY STATUS CLIENTS SECONDS [COUNT]\n");
    return 2;
  }
  int port = atoi(arguments[1]), client_count = atoi(arguments[5]);
  double seconds = atof(arguments[6]);
  most = count == 8 ? atol(arguments[7]) : MAX_COUNT;
  if (port < 1 || port > 65535 || client_count < 1 || client_count > MAX_CLIENTS ||
      seconds <= 0 || seconds > MAX_SECONDS || most < 1 || most > MAX_COUNT)
    fail("an argument is out of bounds", arguments[0]);
  wanted_status = arguments[4];
  latencies = calloc(MAX_COUNT, sizeof *latencies);
  make_request(port, arguments[2], arguments[3]);
  int poll = epoll_create1(0);
  for (int i = 0; i < client_count; i++) open_client(&clients[i], port, poll);

  int64_t start = now_ns();
  end_ns = start + (int64_t)(seconds * 1e9);
  for (int i = 0; i < client_count; i++) send_next(&clients[i]);
  while (answer_count < sent_count) {
    struct epoll_event events[MAX_CLIENTS];
    int ready = epoll_wait(poll, events, MAX_CLIENTS, SILENCE_MS);
    if (ready == 0) fail("no answer", "10 seconds");
    for (int i = 0; i < ready; i++) receive(events[i].data.ptr);
  }
  print_figures((now_ns() - start) / 1e9);
  return 0;
}
