/* Model of a USB thermal receipt printer, independent of how it is attached.
 * Used by fakeprinter.c. */
#ifndef PRINTER_CORE_H
#define PRINTER_CORE_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum fault_kind { F_NONE, F_STALL, F_UNPLUG, F_NAK, F_EPROTO, F_PAPEROUT, F_COVER, F_CUTTER };

struct fault { enum fault_kind kind; uint64_t at; int fired; };

struct printer {
    /* identity */
    uint16_t vid, pid;
    uint8_t  iclass, isub;        /* 7/1 printer class; 0xff/0xff Epson 'vendor class' mode */
    uint8_t  protocol;            /* 1 = unidirectional, 2 = bidirectional */
    uint16_t mps;                 /* bulk wMaxPacketSize: 64 or 512 */
    uint8_t  ep_out, ep_in;       /* ep_in 0 = no IN endpoint */
    const char *mfg, *product, *serial, *id1284;
    /* limits */
    size_t   buf_cap;             /* receive buffer bytes (then NAK) */
    double   rate;                /* drain speed bytes/s, 0 = instant */
    size_t   in_block;            /* stop accepting OUT while this many unread IN bytes wait (0 = never) */
    int      zlp_in;              /* answer IN with a ZLP when nothing to say */
    /* state */
    int paper_near, paper_out, cover_open, cutter_err, drawer_open, nak;
    int halt_out, halt_in, gone, asb;
    /* bookkeeping */
    uint8_t *rx; size_t rx_len;   /* receive buffer not yet processed */
    uint8_t  tx[4096]; size_t tx_len;
    uint64_t accepted, processed;
    unsigned kicks, cuts, soft_resets, zlp_out;
    int rt_state; uint8_t rt_prev;
    struct fault faults[16]; int nfaults;
    double last_tick, credit;
    FILE *capture, *paper, *log;
    /* command parser */
    int ps; uint8_t pbuf[64]; int pn; uint64_t skip; int until_nul;
};

void   pc_defaults(struct printer *p, const char *profile);
int    pc_add_fault(struct printer *p, const char *spec);      /* kind@offset */
size_t pc_accept(struct printer *p, const uint8_t *d, size_t n, enum fault_kind *f);
size_t pc_read(struct printer *p, uint8_t *d, size_t n);
void   pc_tick(struct printer *p, double now);
void   pc_soft_reset(struct printer *p);
uint8_t pc_port_status(struct printer *p);
/* class/standard/vendor control; returns bytes for IN or 0, <0 = -EPIPE stall */
int    pc_control(struct printer *p, const uint8_t setup[8], uint8_t *data, size_t cap);
size_t pc_dev_desc(struct printer *p, uint8_t *o);
size_t pc_cfg_desc(struct printer *p, uint8_t *o);
/* text control line: "paper out|near|ok", "cover open|closed", "nak on|off", ... ; writes answer */
void   pc_command(struct printer *p, const char *line, char *out, size_t cap, int *want_unplug, int *want_plug);
void   pc_log(struct printer *p, const char *fmt, ...);
#endif
