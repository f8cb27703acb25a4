namespace FlexiAI.Tests;

/// <summary>Finds text that is hard to read (WCAG 2.2, 1.4.3: at least 4.5 to 1).</summary>
internal static class Contrast
{
    public const string Script = """
        () => {
          const channels = color => color.match(/[\d.]+/g).map(Number);
          const light = color => channels(color).slice(0, 3)
            .map(value => value / 255)
            .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
            .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = getComputedStyle(at).backgroundColor;
              if (channels(color)[3] !== 0) {
                return color;
              }
            }

            return 'rgb(255, 255, 255)';
          };
          const poor = new Set();
          for (const element of document.querySelectorAll('body *')) {
            const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
            if (!hasText || !element.checkVisibility() || element.closest('svg, .skip, .unseen, noscript')) {
              continue;
            }

            const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < 4.5) {
              poor.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}: ${element.textContent.slice(0, 30)}`);
            }
          }

          return [...poor];
        }
        """;
}
