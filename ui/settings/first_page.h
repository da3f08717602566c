#pragma once

#include <QWidget>

namespace longcode::settings {

/// What a person sees while there is no account: try it, or connect one. UI thread.
class FirstPage : public QWidget {
    Q_OBJECT
public:
    explicit FirstPage(QWidget *parent = nullptr);

Q_SIGNALS:
    void tryItRequested();
    void connectRequested();
};

} // namespace longcode::settings
