// A low tone when something needs the cashier's eyes: the scanner keeps them on the goods.

let context = null;

export function warn() {
  try {
    context ??= new AudioContext();
    const tone = context.createOscillator();
    tone.frequency.value = 220;
    tone.connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.25);
  } catch {
    // Without a sound card the sentence on the screen is all there is.
    context = null;
  }
}
