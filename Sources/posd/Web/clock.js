// Moments as the wall clock of the station shows them.

const station = { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** "21:05" */
export const clockText = (atMs) => new Date(atMs).toLocaleTimeString("zh-CN", station);

/** "11/21 21:05" */
export const timeText = (atMs) => (
  new Date(atMs).toLocaleString("zh-CN", { ...station, month: "2-digit", day: "2-digit" }));
