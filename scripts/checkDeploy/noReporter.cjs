/** Jest's results are read from a file: on the emulator some tests are known to fail. */
module.exports = class NoReporter {};
