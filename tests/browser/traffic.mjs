// What goes over the line while something is done: requests, and bytes as they were sent and received.

export class Traffic {
  static async of(page) {
    const traffic = new Traffic();
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    traffic.reset();
    const own = ({ url }) => url.startsWith("http");
    session.on("Network.requestWillBeSent", ({ request }) => {
      if (!own(request)) return;
      traffic.requests += 1;
      traffic.sent += request.postData?.length ?? 0;
    });
    session.on("Network.requestServedFromCache", () => { traffic.requests -= 1; });
    // Of a redirection the answer comes with the request that follows it.
    session.on("Network.requestWillBeSent", ({ redirectResponse }) => { traffic.received += redirectResponse?.encodedDataLength ?? 0; });
    session.on("Network.loadingFinished", ({ encodedDataLength }) => { traffic.received += encodedDataLength; });
    return traffic;
  }

  reset() {
    Object.assign(this, { requests: 0, sent: 0, received: 0 });
  }
}

// Least, middle and most of some numbers.
export function spread(all) {
  const sorted = [...all].sort((a, b) => a - b);
  return { n: sorted.length, least: sorted[0], middle: sorted[Math.floor(sorted.length / 2)], most: sorted.at(-1) };
}
