#include "events/member_reader.h"

#include "base/utc.h"

#include <QLocale>

#include <nlohmann/json.hpp>

#include <limits>

namespace longcode::events {

using nlohmann::json;

namespace {

std::optional<qint64> integerOf(const json &value) {
    if (value.is_number_unsigned()) {
        const auto number = value.get<quint64>();
        if (number > static_cast<quint64>(std::numeric_limits<qint64>::max()))
            return std::nullopt;
        return static_cast<qint64>(number);
    }
    if (value.is_number_integer())
        return value.get<qint64>();
    return std::nullopt;
}

} // namespace

void recordProblem(QString &problem, const QString &path) {
    if (problem.isEmpty())
        problem = path;
}

QString stringOf(const json &value) {
    const auto &text = value.get_ref<const std::string &>();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

MemberReader::MemberReader(const json &object, QString &problem, QString path)
    : m_object(&object), m_problem(&problem), m_path(std::move(path)) {}

const json *MemberReader::member(const char *name) const {
    if (!m_object->is_object())
        return nullptr;
    const auto found = m_object->find(name);
    return found == m_object->end() || found->is_null() ? nullptr : &*found;
}

QString MemberReader::pathOf(const char *name) const {
    return m_path.isEmpty() ? QString::fromLatin1(name) : QString(m_path % u'.' % QLatin1String(name));
}

void MemberReader::wrong(const char *name) {
    recordProblem(*m_problem, pathOf(name));
}

void MemberReader::require(const char *name) {
    if (!member(name))
        wrong(name);
}

QString MemberReader::text(const char *name) {
    const json *value = member(name);
    if (!value)
        return {};
    if (value->is_string())
        return stringOf(*value);
    wrong(name);
    return {};
}

QString MemberReader::textOrNumber(const char *name) {
    const json *value = member(name);
    if (!value || !value->is_number())
        return text(name);
    if (value->is_number_unsigned())
        return QString::number(value->get<quint64>());
    if (value->is_number_integer())
        return QString::number(value->get<qint64>());
    return QString::number(value->get<double>(), 'f', QLocale::FloatingPointShortest);
}

std::optional<qint64> MemberReader::integer(const char *name) {
    const json *value = member(name);
    if (!value)
        return std::nullopt;
    const auto number = integerOf(*value);
    if (!number)
        wrong(name);
    return number;
}

std::optional<double> MemberReader::number(const char *name) {
    const json *value = member(name);
    if (!value)
        return std::nullopt;
    if (value->is_number())
        return value->get<double>();
    wrong(name);
    return std::nullopt;
}

std::optional<bool> MemberReader::flag(const char *name) {
    const json *value = member(name);
    if (!value)
        return std::nullopt;
    if (value->is_boolean())
        return value->get<bool>();
    wrong(name);
    return std::nullopt;
}

std::optional<QDateTime> MemberReader::time(const char *name) {
    return parseUtc(text(name));
}

QStringList MemberReader::texts(const char *name) {
    QStringList all;
    forEach(name, [&](const json &element, const QString &path) {
        if (element.is_string())
            all.append(stringOf(element));
        else
            recordProblem(*m_problem, path);
    });
    return all;
}

std::optional<MemberReader> MemberReader::object(const char *name) {
    const json *value = member(name);
    if (!value)
        return std::nullopt;
    if (value->is_object())
        return MemberReader(*value, *m_problem, pathOf(name));
    wrong(name);
    return std::nullopt;
}

void MemberReader::forEach(const char *name, const std::function<void(const json &, const QString &)> &read) {
    const json *value = member(name);
    if (!value)
        return;
    if (!value->is_array()) {
        wrong(name);
        return;
    }
    const QString path = pathOf(name);
    for (std::size_t i = 0; i < value->size() && isGood(); ++i) {
        const json &element = (*value)[i];
        if (!element.is_null())
            read(element, QString(path % u'[' % QString::number(i) % u']'));
    }
}

} // namespace longcode::events
