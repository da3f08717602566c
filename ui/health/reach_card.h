#pragma once

#include "health/snippets.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace longcode::health {

/// How a relay that listens on this computer is made reachable for Telnyx: four ways, each with a text to
/// copy. UI thread.
class ReachCard final : public QWidget {
    Q_OBJECT
public:
    explicit ReachCard(QWidget *parent = nullptr);

    /// "127.0.0.1:8420", and the address that Telnyx knows, or empty.
    void setRelay(const QString &listen, const QUrl &publicUrl);

private:
    void showSnippet(int index);

    QList<Snippet> m_snippets;
    QButtonGroup *m_ways;
    QLabel *m_listens;
    QLabel *m_explanation;
    QPlainTextEdit *m_text;
    QPushButton *m_copy;
};

} // namespace longcode::health
