#pragma once

#include <QDateTime>
#include <QFile>

#include <deque>
#include <string>

namespace longcode::httpd {
struct Request;
}

namespace longcode::sandbox {

struct LoggedRequest {
    std::uint64_t number = 0; ///< counts from 1
    std::string method, target, contentType, body;
    QDateTime time;
    bool accepted = false; ///< the API carried it out, whatever became of the answer
    int status = 0;        ///< answered; 0: the connection was dropped, or the answer is still delayed
};

/// The API requests received, without their keys. Bounded in number and in bytes of bodies: the oldest go.
class RequestLog {
public:
    static constexpr std::size_t maximumRequests = 100'000;
    static constexpr std::size_t maximumBytes = std::size_t{64} << 20;

    /// The number of the new entry.
    std::uint64_t add(const httpd::Request &request, const QDateTime &time);
    /// Nothing, when the entry has gone meanwhile.
    [[nodiscard]] LoggedRequest *find(std::uint64_t number);
    void clear();
    [[nodiscard]] const std::deque<LoggedRequest> &all() const { return m_requests; }

private:
    std::deque<LoggedRequest> m_requests;
    std::uint64_t m_next = 1;
    std::size_t m_bytes = 0;
};

/// Appends each API request as one JSON line to a file: test, method, target below /v2, content type, body.
class RequestFile {
public:
    /// False: the file cannot be opened; see `problem`.
    [[nodiscard]] bool open(const QString &path);
    [[nodiscard]] QString problem() const { return m_file.errorString(); }
    void write(const httpd::Request &request);

private:
    QFile m_file;
};

} // namespace longcode::sandbox
