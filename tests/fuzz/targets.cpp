#include "fuzz/targets.h"

#include "events/events.h"
#include "httpd/dissect.h"
#include "protocol/protocol.h"
#include "telnyx/answer.h"
#include "telnyx/decode.h"
#include "telnyx/error_parser.h"

namespace longcode::fuzz {

namespace {

void hold(bool promise, const char *what) {
    if (!promise)
        qFatal("broken promise: %s", what);
}

QByteArray takeLine(QByteArray &input) {
    const qsizetype end = input.indexOf('\n');
    const QByteArray line = input.left(end < 0 ? input.size() : end);
    input.remove(0, line.size() + 1);
    return line;
}

} // namespace

void events(const QByteArray &input) {
    using namespace longcode::events;
    const auto event = parseEvent(input);
    const auto id = eventId(input);
    hold(event.has_value() == id.has_value(), "both readers accept the same bodies");
    if (!event) {
        hold(event.error() == id.error(), "both readers name the same problem");
        return;
    }
    hold(event->id == *id, "both readers find the same id");
    hold(!event->id.isEmpty() && event->id.text().size() <= 256, "an id is there and bounded");
    hold(event->raw == input, "the body is kept whole");
    hold(event->attempt >= 1, "attempts count from one");
}

void signature(const QByteArray &input) {
    using namespace longcode::events;
    // The public key of RFC 8032, 7.1, TEST 1. Nobody here has what signs for it.
    static const auto key = PublicKey::fromBase64(
        QByteArray::fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a").toBase64());
    QByteArray rest = input;
    const QByteArray signature = takeLine(rest);
    const QByteArray timestamp = takeLine(rest);
    const auto verdict =
        verifySignature(*key, signature, timestamp, rest, QDateTime::fromSecsSinceEpoch(1772735400),
                        std::chrono::seconds(300));
    hold(verdict != SignatureVerdict::Good, "nothing is good that nobody signed");
    if (const auto other = PublicKey::fromBase64(rest))
        hold(verifySignature(*other, signature, timestamp, rest, QDateTime::fromSecsSinceEpoch(1772735400),
                             std::chrono::seconds(300)) != SignatureVerdict::Good,
             "no key makes a chance signature good");
}

void protocol(const QByteArray &input) {
    using namespace longcode::protocol;
    const auto frame = decode(input);
    if (!frame) {
        hold(!frame.error().isEmpty() && frame.error().size() <= 200,
             "an error says something, and not too much");
        return;
    }
    const QByteArray written = encode(*frame);
    const auto again = decode(written);
    hold(again.has_value(), "what is written can be read");
    hold(encode(*again) == written, "writing what was read changes nothing");
}

void facts(const QByteArray &input) {
    using namespace longcode::protocol;
    const auto fact = decodeFact(input);
    if (!fact) {
        hold(!fact.error().isEmpty() && fact.error().size() <= 200,
             "an error says something, and not too much");
        return;
    }
    if (std::holds_alternative<UnknownFact>(*fact))
        return; // kept as it came: not ours to write
    const QByteArray written = encodeFact(*fact);
    const auto again = decodeFact(written);
    hold(again.has_value(), "what is written can be read");
    hold(*again == *fact, "nothing is lost on the way");
}

void http(const QByteArray &input) {
    using namespace longcode::httpd;
    if (input.isEmpty())
        return;
    Options options;
    options.limits.headerBytes = 2048;
    options.limits.targetBytes = 1024;
    options.limits.bodyBytes = 4096;
    options.trustedProxies = {"127.0.0.0/8", "10.0.0.0/8", "fd00::/8"};
    const std::string_view bytes(input.constData() + 1, static_cast<std::size_t>(input.size() - 1));
    const std::size_t step = 1 + static_cast<unsigned char>(input.front());
    const Dissected whole = dissect(bytes, 8192, options);
    const Dissected pieces = dissect(bytes, step, options);
    hold(whole.requests.size() == pieces.requests.size(),
         "it does not matter how requests are cut into packets");
    // What is wrong in an unfinished header may be noticed sooner or later: only that nothing comes of it
    // counts.
    hold(whole.status == 0 || (whole.status >= 400 && whole.status <= 503),
         "a refusal has a status of its own");
    for (std::size_t i = 0; i < whole.requests.size(); ++i) {
        const Request &one = whole.requests[i], &other = pieces.requests[i];
        hold(one.method == other.method && one.target == other.target && one.body == other.body &&
                 one.remoteAddress == other.remoteAddress && one.headers.size() == other.headers.size(),
             "nor for what is in them");
        hold(one.target.size() <= options.limits.targetBytes && one.body.size() <= options.limits.bodyBytes,
             "limits are kept");
        hold(one.path.find('\0') == std::string::npos, "a path has no end before its end");
        hold(one.path == "*" || one.path.starts_with('/'), "a path is absolute");
        hold(!one.remoteAddress.empty(), "somebody sent it");
    }
}

void answers(const QByteArray &input) {
    using namespace longcode::telnyx;
    RawAnswer answer;
    answer.body = input;
    answer.status = takeLine(answer.body).toInt();
    answer.retryAfter = takeLine(answer.body);
    const JsonAnswer judged = judge(answer);
    if (judged) {
        hold(answer.status >= 200 && answer.status <= 299, "only 2xx is a success");
        const auto &inside = unwrapped(*judged);
        static_cast<void>(messageFrom(inside));
        static_cast<void>(profileFrom(inside));
        static_cast<void>(numberFrom(inside));
        return;
    }
    const Error &error = judged.error();
    hold(error.httpStatus == answer.status, "the status is kept");
    hold(error.title.size() <= 1000 && error.detail.size() <= 1000 && error.code.size() <= 1000,
         "texts are bounded");
    hold(error.fields.size() <= 100, "fields are bounded");
    hold(!error.retryAfter || (error.retryAfter->count() >= 0 && error.retryAfter->count() <= 86400),
         "the pause is bounded");
}

} // namespace longcode::fuzz
