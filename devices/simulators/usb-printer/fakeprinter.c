/* fakeprinter: run a command with an emulated USB printer visible to libusb.
 * Needs libumockdev; start through umockdev-wrapper (LD_PRELOAD).
 *   umockdev-wrapper ./fakeprinter [options] -- command args...
 * The device node is a PTY: TCOOFF/TCOON on it controls POLLOUT exactly as usbfs
 * does (set only while a finished URB waits to be reaped), and closing its master
 * gives POLLERR|POLLHUP as usbfs does after an unplug. */
#define _GNU_SOURCE
#include "printer_core.h"
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/usbdevice_fs.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <umockdev.h>
#include <unistd.h>

enum { MAXURB = 256 };
struct purb { UMockdevIoctlData *urb, *buf; gulong addr; UMockdevIoctlClient *client; int done; };

static pthread_mutex_t L = PTHREAD_MUTEX_INITIALIZER;
static struct printer P;
static UMockdevTestbed *TB;
static UMockdevIoctlBase *H;
static char *SYS_DEV, *SYS_IF; static char DEVNODE[64];
static int devnum = 2, master = -1, slave = -1, plugged;
static char driver[32] = "", driver0[32] = ""; static int claimed_by_other, open_clients, no_perm;
static UMockdevIoctlClient *claimer;
static uint32_t caps = 0x01 | 0x02 | 0x04 | 0x08 | 0x10;   /* ZLP, CONT, NO_LIM, SG, REAP_AFTER_DISC */
static struct purb U[MAXURB]; static int nu;
static unsigned long nreap_empty, nreap_ok;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
static struct usbdevfs_urb *UB(struct purb *u) { return (struct usbdevfs_urb *)u->urb->data; }

static void ready_update(void) {
    if (slave < 0) return;
    static int last = -1; int r = 0;
    for (int i = 0; i < nu; i++) if (U[i].done) r = 1;
    if (r != last) { tcflow(slave, r ? TCOON : TCOOFF); last = r; }
}
static void finish(struct purb *u, int status) { UB(u)->status = status; u->done = 1; }

static void do_unplug(void);
static void advance(void) {               /* with L held: move data, complete URBs */
    enum fault_kind f;
    pc_tick(&P, now());
    for (int i = 0; i < nu; i++) {
        struct purb *u = &U[i]; struct usbdevfs_urb *b = UB(u);
        if (u->done) continue;
        if (P.gone) { finish(u, -ESHUTDOWN); continue; }
        if (b->type == USBDEVFS_URB_TYPE_BULK && b->endpoint == P.ep_out) {
            if (P.halt_out) { finish(u, -EPIPE); continue; }
            size_t a = pc_accept(&P, u->buf ? u->buf->data + b->actual_length : (uint8_t *)"", b->buffer_length - b->actual_length, &f);
            b->actual_length += a;
            pc_tick(&P, now());
            if (f == F_STALL) finish(u, -EPIPE);
            else if (f == F_EPROTO) finish(u, -EPROTO);
            else if (f == F_UNPLUG) { finish(u, -EPROTO); do_unplug(); return; }
            else if (b->actual_length == b->buffer_length) {
                if (b->buffer_length == 0 || ((b->flags & USBDEVFS_URB_ZERO_PACKET) && b->buffer_length % P.mps == 0)) { P.zlp_out++; pc_log(&P, "ZLP out"); }
                finish(u, 0);
            } else { /* later OUT URBs must wait behind this one */
                for (int j = i + 1; j < nu; j++) if (!U[j].done && UB(&U[j])->endpoint == P.ep_in && P.tx_len) goto in_only;
                break;
            in_only: continue;
            }
        } else if (b->type == USBDEVFS_URB_TYPE_BULK && P.ep_in && b->endpoint == P.ep_in) {
            if (P.halt_in) { finish(u, -EPIPE); continue; }
            if (P.tx_len || P.zlp_in) { b->actual_length = pc_read(&P, u->buf->data, b->buffer_length); finish(u, 0); }
        } else if (b->type == USBDEVFS_URB_TYPE_CONTROL) {
            int n = pc_control(&P, u->buf->data, u->buf->data + 8, b->buffer_length - 8);
            if (n < 0) finish(u, n);
            else { b->actual_length = (u->buf->data[0] & 0x80) ? n : (u->buf->data[6] | u->buf->data[7] << 8); finish(u, 0); }
        } else finish(u, -ENOENT);
    }
    ready_update();
}

/* ---------- plug / unplug ---------- */
static void do_plug(void) {
    if (plugged) return;
    strcpy(driver, driver0);                            /* a re-plugged printer is bound by usblp again */
    struct termios t; char name[128], link[512], dir[512];
    snprintf(DEVNODE, sizeof DEVNODE, "/dev/bus/usb/001/%03d", devnum);
    if (openpty(&master, &slave, name, NULL, NULL)) { perror("openpty"); exit(1); }
    tcgetattr(slave, &t); cfmakeraw(&t); tcsetattr(slave, TCSANOW, &t); tcflow(slave, TCOOFF);
    fcntl(master, F_SETFD, FD_CLOEXEC); fcntl(slave, F_SETFD, FD_CLOEXEC);
    g_autofree gchar *root = umockdev_testbed_get_root_dir(TB);
    snprintf(dir, sizeof dir, "%s/dev/bus/usb/001", root); g_mkdir_with_parents(dir, 0755);
    snprintf(link, sizeof link, "%s%s", root, DEVNODE); unlink(link);
    if (no_perm) chmod(name, 0);                        /* with DAC caps dropped in the child: EACCES */
    if (symlink(name, link)) { perror("symlink"); exit(1); }
    /* One text block: attributes exist before the "add" uevent goes out (add_device() would announce
     * the device before its binary "descriptors" attribute is there, and libusb's monitor would race). */
    uint8_t d[256]; size_t n = pc_dev_desc(&P, d); n += pc_cfg_desc(&P, d + n);
    GString *hex = g_string_new(NULL); for (size_t i = 0; i < n; i++) g_string_append_printf(hex, "%02X", d[i]);
    SYS_DEV = g_strdup("/sys/devices/usb1/1-1"); SYS_IF = g_strdup("/sys/devices/usb1/1-1/1-1:1.0");
    g_autofree gchar *txt = g_strdup_printf(
        "P: /devices/usb1/1-1\n"
        "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DEVNAME=%s\nE: PRODUCT=%x/%x/100\nE: BUSNUM=001\nE: DEVNUM=%03d\nE: MAJOR=189\nE: MINOR=%d\n"
        "E: ID_VENDOR_ID=%04x\nE: ID_MODEL_ID=%04x\nE: ID_USB_INTERFACES=:%02x%02x%02x:\n"
        "A: busnum=1\\n\nA: devnum=%d\\n\nA: speed=%s\\n\nA: bConfigurationValue=1\\n\nA: idVendor=%04x\\n\nA: idProduct=%04x\\n\n"
        "A: bDeviceClass=00\\n\nA: bNumConfigurations=1\\n\nA: bMaxPacketSize0=64\\n\nA: bNumInterfaces= 1\\n\nA: devpath=1\\n\n"
        "A: manufacturer=%s\\n\nA: product=%s\\n\nA: serial=%s\\n\nH: descriptors=%s\n\n",
        DEVNODE, P.vid, P.pid, devnum, devnum - 1, P.vid, P.pid, P.iclass, P.isub, P.protocol, devnum, P.mps == 512 ? "480" : "12", P.vid, P.pid,
        P.mfg, P.product, P.serial, hex->str);
    g_autofree gchar *txt2 = g_strdup_printf(
        "P: /devices/usb1/1-1/1-1:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: INTERFACE=%d/%d/%d\n%s%s%s"
        "A: bInterfaceClass=%02x\\n\nA: bInterfaceSubClass=%02x\\n\nA: bInterfaceProtocol=%02x\\n\nA: bInterfaceNumber=00\\n\nA: bNumEndpoints=%02x\\n\n\n",
        P.iclass, P.isub, P.protocol, driver[0] ? "L: driver=../../../../bus/usb/drivers/" : "", driver, driver[0] ? "\n" : "", P.iclass, P.isub, P.protocol, P.ep_in ? 2 : 1);
    g_string_free(hex, TRUE);
    GError *e = NULL;
    if (!umockdev_testbed_attach_ioctl(TB, DEVNODE, H, &e)) { fprintf(stderr, "attach: %s\n", e->message); exit(1); }
    P.gone = 0; P.halt_out = P.halt_in = 0; P.rx_len = P.tx_len = 0; P.asb = 0; plugged = 1; claimer = NULL;
    pc_log(&P, "plug %s -> %s", DEVNODE, name);
    if (!umockdev_testbed_add_from_string(TB, txt, &e) || !umockdev_testbed_add_from_string(TB, txt2, &e)) { fprintf(stderr, "add: %s\n", e->message); exit(1); }
}
static void do_unplug(void) {                           /* L held */
    if (!plugged) return;
    plugged = 0; P.gone = 1; pc_log(&P, "unplug");
    for (int i = 0; i < nu; i++) if (!U[i].done) finish(&U[i], -ESHUTDOWN);
    close(master); master = -1;                         /* POLLERR|POLLHUP for the client */
    close(slave); slave = -1;
    umockdev_testbed_uevent(TB, SYS_DEV, "remove");
    umockdev_testbed_detach_ioctl(TB, DEVNODE, NULL);
    g_autofree gchar *root = umockdev_testbed_get_root_dir(TB); char link[512];
    snprintf(link, sizeof link, "%s%s", root, DEVNODE); unlink(link);
    umockdev_testbed_remove_device(TB, SYS_IF); umockdev_testbed_remove_device(TB, SYS_DEV);
    devnum++;
}

/* ---------- usbfs ---------- */
static void drop(int i) {
    g_object_unref(U[i].urb); memmove(U + i, U + i + 1, (nu - i - 1) * sizeof *U); nu--;
}
static gboolean on_ioctl(UMockdevIoctlBase *b, UMockdevIoctlClient *c, gpointer x) {
    gulong rq = umockdev_ioctl_client_get_request(c);
    UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(c), *d = NULL;
    size_t sz = _IOC_SIZE(rq); int ret = 0, en = 0;
    if (sz && rq != USBDEVFS_DISCARDURB) d = umockdev_ioctl_data_resolve(arg, 0, sz, NULL);
    pthread_mutex_lock(&L);
    /* a file opened before the last unplug stays dead, whatever is plugged in now */
    int dead = P.gone || GPOINTER_TO_INT(g_object_get_data(G_OBJECT(c), "devnum")) != devnum;
    if (dead && rq != USBDEVFS_REAPURBNDELAY && rq != USBDEVFS_REAPURB) { ret = -1; en = ENODEV; goto out; }
    switch (rq) {
    case USBDEVFS_GET_CAPABILITIES: *(uint32_t *)d->data = caps; break;
    case USBDEVFS_GETDRIVER: {
        struct usbdevfs_getdriver *g = (void *)d->data;
        const char *n = driver[0] ? driver : (claimer || claimed_by_other) ? "usbfs" : NULL;
        if (!n) { ret = -1; en = ENODATA; } else snprintf(g->driver, sizeof g->driver, "%s", n);
        break; }
    case USBDEVFS_IOCTL: {
        struct usbdevfs_ioctl *g = (void *)d->data;
        if ((unsigned)g->ioctl_code == USBDEVFS_DISCONNECT) { if (!driver[0]) { ret = -1; en = ENODATA; } else { pc_log(&P, "kernel driver %s detached", driver); driver[0] = 0; } }
        else if ((unsigned)g->ioctl_code == USBDEVFS_CONNECT) { strcpy(driver, "usblp"); pc_log(&P, "kernel driver re-attached"); }
        else { ret = -1; en = ENOTTY; }
        break; }
    case USBDEVFS_DISCONNECT_CLAIM:
        if (claimed_by_other || (claimer && claimer != c)) { ret = -1; en = EBUSY; break; }
        if (driver[0]) { pc_log(&P, "kernel driver %s detached (disconnect-claim)", driver); driver[0] = 0; }
        claimer = c; pc_log(&P, "claimed"); break;
    case USBDEVFS_CLAIMINTERFACE:
        if (driver[0] || claimed_by_other || (claimer && claimer != c)) { ret = -1; en = EBUSY; } else { claimer = c; pc_log(&P, "claimed"); }
        break;
    case USBDEVFS_RELEASEINTERFACE: if (claimer == c) claimer = NULL; pc_log(&P, "released"); break;
    case USBDEVFS_SETINTERFACE: case USBDEVFS_SETCONFIGURATION: case USBDEVFS_RESETEP: break;
    case USBDEVFS_CLEAR_HALT: { unsigned ep = *(unsigned *)d->data; if (ep == P.ep_out) P.halt_out = 0; else P.halt_in = 0; pc_log(&P, "CLEAR_HALT ep %02x", ep); break; }
    case USBDEVFS_RESET: pc_soft_reset(&P); pc_log(&P, "USB port reset"); break;
    case USBDEVFS_GET_SPEED: ret = P.mps == 512 ? 3 : 2; break;
    case USBDEVFS_SUBMITURB: {
        struct usbdevfs_urb *u = (void *)d->data;
        if (u->type == USBDEVFS_URB_TYPE_BULK && claimer != c) { ret = -1; en = EINVAL; pc_log(&P, "bulk without claim"); break; }
        if (nu >= MAXURB) { ret = -1; en = ENOMEM; break; }
        struct purb *q = &U[nu];
        memset(q, 0, sizeof *q);
        q->addr = d->client_addr; q->client = c; u->actual_length = 0; u->status = -EINPROGRESS;
        if (u->buffer_length > 0) q->buf = umockdev_ioctl_data_resolve(d, offsetof(struct usbdevfs_urb, buffer), u->buffer_length, NULL);
        q->urb = g_object_ref(d); nu++;
        pc_log(&P, "SUBMIT ep %02x type %d len %d flags %x", u->endpoint, u->type, u->buffer_length, u->flags);
        advance();
        break; }
    case USBDEVFS_DISCARDURB: {
        gulong a = *(gulong *)arg->data; int i;
        for (i = 0; i < nu; i++) if (U[i].addr == a && !U[i].done) break;
        if (i == nu) { ret = -1; en = EINVAL; } else { finish(&U[i], -ENOENT); pc_log(&P, "DISCARD after %d bytes", UB(&U[i])->actual_length); }
        break; }
    case USBDEVFS_REAPURB: case USBDEVFS_REAPURBNDELAY: {
        int i; for (i = 0; i < nu; i++) if (U[i].done && U[i].client == c) break;
        if (i == nu) { nreap_empty++; ret = -1; en = dead ? ENODEV : EAGAIN; break; }
        nreap_ok++;
        pc_log(&P, "REAP ep %02x status %d actual %d", UB(&U[i])->endpoint, UB(&U[i])->status, UB(&U[i])->actual_length);
        umockdev_ioctl_data_set_ptr(d, 0, U[i].urb);
        drop(i);
        break; }
    default: ret = -1; en = ENOTTY; pc_log(&P, "unhandled ioctl %lx", rq);
    }
out:
    ready_update();
    pthread_mutex_unlock(&L);
    umockdev_ioctl_client_complete(c, ret, en);
    return TRUE;
}
static void on_closed(GObject *c, GParamSpec *s, gpointer x) {
    pthread_mutex_lock(&L);
    if (claimer == (void *)c) claimer = NULL;
    for (int i = nu - 1; i >= 0; i--) if (U[i].client == (void *)c) drop(i);
    open_clients--; pc_log(&P, "closed (%d open)", open_clients); ready_update();
    pthread_mutex_unlock(&L);
}
static void on_connected(UMockdevIoctlBase *b, UMockdevIoctlClient *c, gpointer x) {
    pthread_mutex_lock(&L); open_clients++; g_object_set_data(G_OBJECT(c), "devnum", GINT_TO_POINTER(devnum)); pc_log(&P, "opened (%d open)", open_clients); pthread_mutex_unlock(&L);
    g_signal_connect(c, "notify::connected", G_CALLBACK(on_closed), NULL);
}
static void *ticker(void *x) {
    for (;;) { usleep(1000); pthread_mutex_lock(&L); if (plugged) { if (nu || P.rx_len) advance(); } pthread_mutex_unlock(&L); }
    return NULL;
}
static void *ctl_thread(void *x) {
    int ls = (int)(intptr_t)x, fd; char buf[256], ans[256];
    while ((fd = accept(ls, NULL, NULL)) >= 0) {
        ssize_t n;
        while ((n = read(fd, buf, sizeof buf - 1)) > 0) {
            buf[n] = 0; int un = 0, pl = 0;
            for (char *sp, *l = strtok_r(buf, "\n", &sp); l; l = strtok_r(NULL, "\n", &sp)) {
                pthread_mutex_lock(&L);
                if (!strncmp(l, "busy ", 5)) { claimed_by_other = !strncmp(l + 5, "on", 2); strcpy(ans, "ok\n"); }
                else if (!strncmp(l, "perm ", 5)) { no_perm = !strncmp(l + 5, "off", 3); if (plugged) chmod(ptsname(master), no_perm ? 0 : 0600); strcpy(ans, "ok\n"); }
                else pc_command(&P, l, ans, sizeof ans, &un, &pl);
                if (un) do_unplug();
                if (pl) do_plug();
                if (plugged) advance();
                pthread_mutex_unlock(&L);
                un = pl = 0;
                if (write(fd, ans, strlen(ans)) < 0) break;
            }
        }
        close(fd);
    }
    return NULL;
}

int main(int argc, char **argv) {
    static struct option o[] = {{"profile", 1, 0, 'p'}, {"capture", 1, 0, 'c'}, {"log", 1, 0, 'l'}, {"ctl", 1, 0, 's'}, {"rate", 1, 0, 'r'},
        {"buffer", 1, 0, 'b'}, {"fault", 1, 0, 'f'}, {"driver", 1, 0, 'd'}, {"busy", 0, 0, 'B'}, {"caps", 1, 0, 'k'}, {"zlp-in", 0, 0, 'z'},
        {"state", 1, 0, 'S'}, {"absent", 0, 0, 'A'}, {"no-perm", 0, 0, 'E'}, {"in-block", 1, 0, 'I'}, {"paper", 1, 0, 'P'}, {0, 0, 0, 0}};
    const char *prof = "", *cap = NULL, *paper = NULL, *lg = NULL, *ctl = NULL; int absent = 0;
    for (int i = 1; i < argc - 1 && strcmp(argv[i], "--"); i++) if (!strcmp(argv[i], "--profile")) prof = argv[i + 1];
    pc_defaults(&P, prof);
    int ch; char dummy[256]; int a, b2;
    while ((ch = getopt_long(argc, argv, "+", o, NULL)) != -1) switch (ch) {
        case 'p': break;
        case 'c': cap = optarg; break;  case 'P': paper = optarg; break;  case 'l': lg = optarg; break;  case 's': ctl = optarg; break;
        case 'r': P.rate = atof(optarg); break;  case 'b': P.buf_cap = strtoul(optarg, 0, 0); break;
        case 'f': if (pc_add_fault(&P, optarg)) { fprintf(stderr, "bad fault %s\n", optarg); return 2; } break;
        case 'd': snprintf(driver0, sizeof driver0, "%s", optarg); break;
        case 'B': claimed_by_other = 1; break;  case 'k': caps = strtoul(optarg, 0, 0); break;
        case 'z': P.zlp_in = 1; break;  case 'S': pc_command(&P, optarg, dummy, sizeof dummy, &a, &b2); break;
        case 'A': absent = 1; break;  case 'E': no_perm = 1; break;  case 'I': P.in_block = strtoul(optarg, 0, 0); break;
        default: return 2;
    }
    if (optind >= argc) { fprintf(stderr, "usage: umockdev-wrapper fakeprinter [options] -- cmd...\n"); return 2; }
    if (cap && (P.capture = fopen(cap, "wb"))) setvbuf(P.capture, NULL, _IONBF, 0);
    if (paper && (P.paper = fopen(paper, "wb"))) setvbuf(P.paper, NULL, _IONBF, 0);
    if (lg) P.log = strcmp(lg, "-") ? fopen(lg, "w") : stderr;
    signal(SIGPIPE, SIG_IGN); signal(SIGHUP, SIG_IGN);
    TB = umockdev_testbed_new();      /* in_mock_environment() caches its answer: ask only after this */
    if (!umockdev_in_mock_environment()) { fprintf(stderr, "run me through umockdev-wrapper\n"); return 2; }
    H = umockdev_ioctl_base_new();
    g_signal_connect(H, "handle-ioctl", G_CALLBACK(on_ioctl), NULL);
    g_signal_connect(H, "client-connected", G_CALLBACK(on_connected), NULL);
    g_free(umockdev_testbed_add_device(TB, "usb", "usb1", NULL, "busnum", "1", "devnum", "1", "speed", "480", "bConfigurationValue", "1",
        "idVendor", "1d6b", "idProduct", "0002", "maxchild", "4", "bDeviceClass", "09", NULL,
        "DEVNAME", "/dev/bus/usb/001/001", "DEVTYPE", "usb_device", "BUSNUM", "001", "DEVNUM", "001", "MAJOR", "189", "MINOR", "0", NULL));
    static const uint8_t hub[] = {18, 1, 0, 2, 9, 0, 1, 64, 0x6b, 0x1d, 2, 0, 0, 6, 0, 0, 0, 1, 9, 2, 25, 0, 1, 1, 0, 0xe0, 0, 9, 4, 0, 0, 1, 9, 0, 0, 0, 7, 5, 0x81, 3, 4, 0, 12};
    umockdev_testbed_set_attribute_binary(TB, "/sys/devices/usb1", "descriptors", (guint8 *)hub, sizeof hub);
    pthread_mutex_lock(&L); if (!absent) do_plug(); pthread_mutex_unlock(&L);
    char path[108]; int ls = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); struct sockaddr_un sa = {.sun_family = AF_UNIX};
    if (ctl) snprintf(path, sizeof path, "%s", ctl); else snprintf(path, sizeof path, "/tmp/fakeprinter.%d.ctl", getpid());
    strcpy(sa.sun_path, path); unlink(path);
    if (bind(ls, (void *)&sa, sizeof sa) || listen(ls, 4)) { perror("ctl"); return 1; }
    setenv("FAKEPRINTER_CTL", path, 1);
    pthread_t t; pthread_create(&t, NULL, ticker, NULL); pthread_create(&t, NULL, ctl_thread, (void *)(intptr_t)ls);
    pid_t pid = fork();
    if (!pid) { if (no_perm) { prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE); prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH); } signal(SIGHUP, SIG_DFL); signal(SIGPIPE, SIG_DFL); execvp(argv[optind], argv + optind); perror(argv[optind]); _exit(127); }
    int st; while (waitpid(pid, &st, 0) < 0 && errno == EINTR) ;
    usleep(20000);
    pthread_mutex_lock(&L);
    if (P.capture) fflush(P.capture);
    pc_log(&P, "exit status %x accepted %llu processed %llu reap ok %lu empty %lu", st, (unsigned long long)P.accepted, (unsigned long long)P.processed, nreap_ok, nreap_empty);
    unlink(path);
    _exit(WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st));
}
