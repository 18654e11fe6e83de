const stopCloud = () => globalThis.localCloud?.stop();

export default stopCloud;
