// The example goods of `posd demo`, as they were when the program was built.
#include "CWeb.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char products[] = {
#embed "../../../Examples/products.csv"
};

static const unsigned char weighed[] = {
#embed "../../../Examples/weighed.csv"
};

CWebFile CWebDemoProducts(void) {
  return (CWebFile){"products.csv", products, sizeof products};
}

CWebFile CWebDemoWeighed(void) {
  return (CWebFile){"weighed.csv", weighed, sizeof weighed};
}
