#include "protocol/frame_reader.h"

#include <nlohmann/json.hpp>

namespace longcode::protocol {

using events::MemberReader;
using nlohmann::json;

void FrameReader::record(const char *name, const char *what) {
    events::recordProblem(*m_problem, QString(m_member.pathOf(name) % QLatin1String(what)));
}

QString FrameReader::text(const char *name, qsizetype maximumLength) {
    m_member.require(name);
    QString value = m_member.text(name);
    if (value.size() > maximumLength)
        record(name, " is too long");
    return value;
}

QString FrameReader::filledText(const char *name, qsizetype maximumLength) {
    QString value = text(name, maximumLength);
    if (value.isEmpty())
        record(name, " is empty");
    return value;
}

qint64 FrameReader::number(const char *name, qint64 least, qint64 most) {
    m_member.require(name);
    const qint64 value = m_member.integer(name).value_or(least);
    if (value < least || value > most)
        record(name, " is out of range");
    return value;
}

QDateTime FrameReader::time(const char *name) {
    m_member.require(name);
    const auto value = m_member.time(name);
    if (!value)
        wrong(name);
    return value.value_or(QDateTime());
}

QDateTime FrameReader::timeOrNone(const char *name) {
    const json *value = m_member.member(name);
    return value && *value == "" ? QDateTime() : time(name);
}

bool FrameReader::flag(const char *name) {
    m_member.require(name);
    return m_member.flag(name).value_or(false);
}

QByteArray FrameReader::bytes(const char *name, qsizetype maximumBytes) {
    const json *value = m_member.member(name);
    if (!value || !value->is_string()) {
        wrong(name);
        return {};
    }
    const auto &text = value->get_ref<const std::string &>();
    if (static_cast<qsizetype>(text.size()) > maximumBytes) {
        record(name, " is too long");
        return {};
    }
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray FrameReader::bytesOrNone(const char *name, qsizetype maximumBytes) {
    return m_member.member(name) ? bytes(name, maximumBytes) : QByteArray();
}

QStringList FrameReader::texts(const char *name, qsizetype mostTexts, qsizetype maximumLength) {
    m_member.require(name);
    QStringList all = m_member.texts(name);
    if (all.size() > mostTexts)
        record(name, " has too many entries");
    for (const QString &one : all) {
        if (one.isEmpty() || one.size() > maximumLength)
            record(name, " has an entry that is empty or too long");
    }
    return all;
}

void FrameReader::objects(const char *name, int most, const std::function<void(FrameReader)> &read) {
    m_member.require(name);
    int count = 0;
    m_member.forEach(name, [&](const json &element, const QString &path) {
        if (!element.is_object())
            return events::recordProblem(*m_problem, path);
        if (++count > most)
            return record(name, " has too many entries");
        read(FrameReader(MemberReader(element, *m_problem, path), *m_problem));
    });
}

FrameReader FrameReader::object(const char *name) {
    static const json nothing = json::object();
    m_member.require(name);
    auto inner = m_member.object(name);
    return {inner ? *inner : MemberReader(nothing, *m_problem, m_member.pathOf(name)), *m_problem};
}

} // namespace longcode::protocol
