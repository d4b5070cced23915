#include <stddef.h>

/// A file as it was when the program was built.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} CWebFile;

/// The files of the cashier page.
size_t CWebFileCount(void);
CWebFile CWebFileAt(size_t index);

/// The printer profiles.
size_t CWebProfileCount(void);
CWebFile CWebProfileAt(size_t index);

/// The example goods of `posd demo`.
CWebFile CWebDemoProducts(void);
CWebFile CWebDemoWeighed(void);
