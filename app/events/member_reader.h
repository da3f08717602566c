#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <optional>

namespace longcode::events {

/// Reads the members of one JSON object by name and type. Absent and null are the same: nothing (D96). The
/// first member that has a wrong type is named in `problem` with its path ("to[0].status"), later ones are
/// not looked at. Neither the object nor `problem` is owned; both outlive the reader.
class MemberReader {
public:
    MemberReader(const nlohmann::json &object, QString &problem, QString path = {});

    /// The member, or null when it is absent or null.
    [[nodiscard]] const nlohmann::json *member(const char *name) const;

    [[nodiscard]] QString text(const char *name);
    /// A text, or a number written as decimal text: codes, ids, money (contract, section 5). Numbers come
    /// as the shortest decimal that reads back as the same number.
    [[nodiscard]] QString textOrNumber(const char *name);
    [[nodiscard]] std::optional<qint64> integer(const char *name);
    [[nodiscard]] std::optional<double> number(const char *name);
    [[nodiscard]] std::optional<bool> flag(const char *name);
    /// Every form of time of the API; a text that is none of them is nothing.
    [[nodiscard]] std::optional<QDateTime> time(const char *name);
    [[nodiscard]] QStringList texts(const char *name);
    /// The object named so, or nothing.
    [[nodiscard]] std::optional<MemberReader> object(const char *name);
    /// Calls `read` for every element that is not null, with its path; stops at the first problem.
    void forEach(const char *name, const std::function<void(const nlohmann::json &, const QString &)> &read);

    /// Records that this member has a wrong type.
    void wrong(const char *name);
    /// Records that a member that must be there is not.
    void require(const char *name);
    [[nodiscard]] bool isGood() const { return m_problem->isEmpty(); }
    [[nodiscard]] QString pathOf(const char *name) const;

private:
    const nlohmann::json *m_object;
    QString *m_problem;
    QString m_path;
};

/// Records `path` as the problem unless there is one already.
void recordProblem(QString &problem, const QString &path);

/// The text of a JSON string. Only for values that are strings.
[[nodiscard]] QString stringOf(const nlohmann::json &value);

} // namespace longcode::events
