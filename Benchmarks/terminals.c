// Thirty meal terminals at lunch: each posts batches of rows over a connection of its own and waits
// for `OK: n` before the next.
//
//   gcc -DPEOPLE=200 …
//   terminals PORT ROWS CLIENTS SECONDS BATCHES FIRST PREFIX [PAUSE_MS]
//
// Terminals are BENCH00 to BENCH29, and what each saw is fixed: row n is person n mod PEOPLE on day
// n / PEOPLE, at lunch, so that nobody comes twice on one day. Days begin a hundred days ago and
// end with yesterday. It ends after SECONDS, or after BATCHES in all unless that is 0. Each terminal has sent FIRST rows already. Client c of so many sends in turn
// for each terminal t with t mod CLIENTS = c: thirty clients are a terminal each, one client is all.
// Numbers of people are PREFIX and four digits. With PAUSE_MS a client waits that long between two
// batches. Any answer but the count of the rows ends the run.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
  TERMINALS = 30, DAYS = 100, MAX_ROWS = 256, MAX_SECONDS = 120, MAX_COUNT = 2000000,
  ROW_BYTES = 64
};

typedef struct {
  int socket, number;
  int64_t sent_at, due_at;
  long batch;
  char answer[4096];
  size_t received;
} Client;

static Client clients[TERMINALS];
static uint32_t *latencies;
static long sent, most, answered;
static int rows, port, client_count;
static long first_row;
static time_t first_lunch;
static const char *prefix;
static int64_t end_ns, pause_ns;

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "terminals: %s: %.2000s\n", what, detail);
  exit(1);
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

// A row of ATTLOG: people come every 45 seconds from 10:40 on, in China.
static int write_row(char *text, int terminal, long row) {
  if (row / PEOPLE >= DAYS) fail("all days have been sent", "fewer seconds, please");
  time_t moment = first_lunch + row / PEOPLE * 86400 + row % PEOPLE * 45 + terminal;
  struct tm day;
  gmtime_r(&moment, &day);
  int length = sprintf(text, "%s%04ld\t", prefix, row % PEOPLE + 1);
  length += strftime(text + length, 32, "%Y-%m-%d %H:%M:%S", &day);
  return length + sprintf(text + length, "\t0\t15\t0\t0\t0\t255\t0\t0\n");
}

static void send_batch(Client *client) {
  static char body[MAX_ROWS * ROW_BYTES], request[sizeof body + 512];
  int length = 0;
  int own = (TERMINALS - client->number + client_count - 1) / client_count;
  int terminal = client->number + client->batch % own * client_count;
  long row = first_row + client->batch / own * rows;
  for (int i = 0; i < rows; i++) length += write_row(body + length, terminal, row + i);
  client->batch++;
  sent++;
  int head = sprintf(
      request,
      "POST /iclock/cdata?SN=BENCH%02d&table=ATTLOG&Stamp=9999 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
      "User-Agent: iClock Proxy/1.09\r\nContent-Length: %d\r\n\r\n",
      terminal, port, length);
  memcpy(request + head, body, length);
  client->sent_at = now_ns();
  client->received = 0;
  if (write(client->socket, request, head + length) != head + length)
    fail("send", strerror(errno));
}

static void open_client(Client *client, int number, int poll) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  client->number = number;
  client->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(client->socket, (struct sockaddr *)&address, sizeof address) != 0)
    fail("connect", strerror(errno));
  int yes = 1;
  setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
  epoll_ctl(poll, EPOLL_CTL_ADD, client->socket, &event);
}

static void receive(Client *client) {
  char wanted[32];
  sprintf(wanted, "\r\n\r\nOK: %d", rows);
  ssize_t count = read(
      client->socket, client->answer + client->received,
      sizeof client->answer - 1 - client->received);
  if (count <= 0) fail("connection lost", count ? strerror(errno) : "closed");
  client->received += count;
  client->answer[client->received] = 0;
  char *end = strstr(client->answer, "\r\n\r\n");
  if (!end || strlen(end) < strlen(wanted)) return;
  if (strcmp(end, wanted) != 0) fail("another answer than wanted", client->answer);
  latencies[answered++] = (now_ns() - client->sent_at) / 1000;
  client->sent_at = 0;
  client->due_at = now_ns() + pause_ns;
}

static int in_order(const void *one, const void *other) {
  uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
  return (a > b) - (a < b);
}

int main(int count, char **arguments) {
  if (count < 8 || count > 9) {
    fprintf(stderr, "usage: terminals PORT ROWS CLIENTS SECONDS BATCHES FIRST PREFIX [PAUSE_MS]\n");
    return 2;
  }
  port = atoi(arguments[1]);
  rows = atoi(arguments[2]);
  client_count = atoi(arguments[3]);
  double seconds = atof(arguments[4]);
  most = atol(arguments[5]);
  first_row = atol(arguments[6]);
  prefix = arguments[7];
  pause_ns = count == 9 ? atol(arguments[8]) * INT64_C(1000000) : 0;
  if (port < 1 || port > 65535 || rows < 1 || rows > MAX_ROWS || client_count < 1 ||
      client_count > TERMINALS || seconds <= 0 || seconds > MAX_SECONDS || most < 0 || first_row < 0 ||
      strlen(prefix) > 8 || pause_ns < 0)
    fail("an argument is out of bounds", arguments[0]);
  time_t here = time(NULL) + 8 * 3600;
  first_lunch = here - here % 86400 - DAYS * 86400 + 10 * 3600 + 40 * 60;
  latencies = calloc(MAX_COUNT, sizeof *latencies);
  int poll = epoll_create1(0);
  for (int i = 0; i < client_count; i++) open_client(&clients[i], i, poll);

  int64_t start = now_ns();
  end_ns = start + (int64_t)(seconds * 1e9);
  for (int waiting = 1; waiting;) {
    int64_t now = now_ns();
    waiting = 0;
    for (int i = 0; i < client_count; i++) {
      int goes_on = now < end_ns && (!most || sent < most);
      if (!clients[i].sent_at && clients[i].due_at <= now && goes_on) send_batch(&clients[i]);
      if (clients[i].sent_at || goes_on) waiting = 1;
    }
    struct epoll_event events[TERMINALS];
    int ready = epoll_wait(poll, events, TERMINALS, 1);
    for (int i = 0; i < ready; i++) receive(events[i].data.ptr);
    if (now > end_ns + INT64_C(10000000000)) fail("no answer", "10 seconds");
  }
  double spent = (now_ns() - start) / 1e9;
  qsort(latencies, answered, sizeof *latencies, in_order);
  printf(
      "{\"count\":%ld,\"perSecond\":%.1f,\"p50Microseconds\":%u,\"p99Microseconds\":%u,"
      "\"maxMicroseconds\":%u}\n",
      answered, answered / spent, latencies[answered / 2], latencies[answered * 99 / 100],
      latencies[answered - 1]);
  return 0;
}
