#include "events/event_id.h"

#include "events/bounded_json.h"

#include <QCryptographicHash>

#include <nlohmann/json.hpp>

namespace longcode::events {

using nlohmann::json;

namespace {

/// Finds `data.id` while the text is read, without building a tree. As in the tree, the last of several
/// members of one name counts.
class IdFinder final : public nlohmann::json_sax<json> {
public:
    [[nodiscard]] bool rootIsObject() const { return m_rootIsObject; }
    [[nodiscard]] const std::optional<QString> &id() const { return m_id; }

    bool null() override { return other(); }
    bool boolean(bool) override { return other(); }
    bool number_integer(number_integer_t) override { return other(); }
    bool number_unsigned(number_unsigned_t) override { return other(); }
    bool number_float(number_float_t, const string_t &) override { return other(); }
    bool binary(binary_t &) override { return other(); }
    bool start_array(std::size_t) override {
        other();
        ++m_depth;
        return true;
    }
    bool end_array() override { return leave(); }
    bool end_object() override { return leave(); }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override {
        return false;
    }

    bool string(string_t &value) override {
        other();
        if (m_keyIsId)
            m_id = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
        return true;
    }

    bool start_object(std::size_t) override {
        other();
        if (m_depth == 0)
            m_rootIsObject = true;
        if (m_depth == 1)
            m_inData = m_keyIsData;
        ++m_depth;
        return true;
    }

    bool key(string_t &value) override {
        m_keyIsData = m_rootIsObject && m_depth == 1 && value == "data";
        m_keyIsId = m_inData && m_depth == 2 && value == "id";
        return true;
    }

private:
    /// A value begins: what was there under the same name no longer counts.
    bool other() {
        if (m_depth == 1 && m_keyIsData)
            m_id.reset();
        if (m_depth == 2 && m_keyIsId)
            m_id.reset();
        else if (m_depth != 2)
            m_keyIsId = false;
        return true;
    }

    bool leave() {
        --m_depth;
        if (m_depth == 1)
            m_inData = false;
        m_keyIsId = false;
        return true;
    }

    std::optional<QString> m_id;
    int m_depth = 0;
    bool m_rootIsObject = false;
    bool m_inData = false;
    bool m_keyIsData = false;
    bool m_keyIsId = false;
};

} // namespace

EnvelopeProblem envelopeProblem(JsonProblem problem) {
    switch (problem) {
    case JsonProblem::TooLarge:
        return EnvelopeProblem::TooLarge;
    case JsonProblem::TooDeep:
        return EnvelopeProblem::TooDeep;
    case JsonProblem::NotJson:
        break;
    }
    return EnvelopeProblem::NotJson;
}

EventId eventIdFrom(const std::optional<QString> &ownId, const QByteArray &rawBody) {
    if (isUsableId(ownId))
        return EventId(*ownId);
    const QByteArray hash = QCryptographicHash::hash(rawBody, QCryptographicHash::Sha256).toHex();
    return EventId(QString(QLatin1String("sha256:") % QString::fromLatin1(hash)));
}

bool isUsableId(const std::optional<QString> &ownId) {
    return ownId && !ownId->isEmpty() && ownId->size() <= maximumIdLength;
}

Result<EventId, EnvelopeProblem> eventId(const QByteArray &rawBody) {
    if (const auto checked = checkLimits(rawBody, envelopeLimits); !checked)
        return failed(envelopeProblem(checked.error()));
    IdFinder finder;
    if (!json::sax_parse(rawBody.begin(), rawBody.end(), &finder))
        return failed(EnvelopeProblem::NotJson);
    if (!finder.rootIsObject())
        return failed(EnvelopeProblem::NotAnObject);
    return eventIdFrom(finder.id(), rawBody);
}

} // namespace longcode::events
