/** In the page: what is too wide, what is hard to read, where links lead. */
export const measure = () => {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const contrast = (element) => {
    const [a, b] = [light(getComputedStyle(element).color), light(groundOf(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const texts = [...document.querySelectorAll('p, td, a, h1, span')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
  );
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    looked: texts.length,
    faint: texts
      .map((element) => ({ text: element.textContent?.slice(0, 40), ratio: contrast(element) }))
      .filter(({ ratio }) => ratio < 4.5),
    links: [...document.querySelectorAll('a')].map((link) => link.href),
    scripts: document.querySelectorAll('script, img').length,
    small: [...document.querySelectorAll('table.button a')].filter(
      (link) => link.getBoundingClientRect().height < 36,
    ).length,
  };
};
