#include <stddef.h>

/// One file of the cashier page, as it was when the program was built.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} CWebFile;

size_t CWebFileCount(void);
CWebFile CWebFileAt(size_t index);

/// The example goods of `posd demo`.
CWebFile CWebDemoProducts(void);
CWebFile CWebDemoWeighed(void);
